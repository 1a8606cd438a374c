#pragma once

#include "model/core/Clock.h"
#include "model/core/Result.h"
#include "model/domain/Record.h"

#include <QObject>

namespace ringbook::model {

class Book;
class DeskFile;

/// The one way a change is made at this desk: kept as an op in the outbox, durably; then applied to the book; then
/// announced. When a function here returns success, the change is on disk: "saved".
class ChangeWriter : public QObject
{
    Q_OBJECT

public:
    ChangeWriter(DeskFile &desk, Book &book, const ringbook::Clock &clock);

    /// A new id for a record this device creates.
    Result<qint64> newId();
    /// A new, final case code.
    Result<QString> newCaseCode();

    struct Edit
    {
        RecordKey record = {};
        Action action = Action::Set;
        Fields fields = {};
    };

    /// All of them in one outbox transaction, or none. Empty edits are left out; nothing left: success.
    Status save(const QVector<Edit> &edits);

    /// At start: applies what the outbox holds over the book again, so that no crash can separate the two.
    Status replayOutbox();

Q_SIGNALS:
    void changed(const QVector<ringbook::model::RecordKey> &records); ///< these records look different now
    void kept();                                                     ///< the outbox has something to send

private:
    DeskFile &m_desk;
    Book &m_book;
    const ringbook::Clock &m_clock;
};

} // namespace ringbook::model
