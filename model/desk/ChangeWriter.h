#pragma once

#include "model/core/Clock.h"
#include "model/core/Result.h"
#include "model/domain/Record.h"

#include <QObject>
#include <QSet>

#include <functional>

namespace ringbook::model {

class Book;
class DeskFile;

/// The one way a change is made at this desk: kept as an op in the outbox, durably; then applied to the book;
/// then announced.
///
/// The contract. The outbox decides: success means that its commit, with fsync, is done, and then the change
/// is saved whatever becomes of the book. An error means that nothing was kept, nothing was changed and
/// nobody was told. If the book cannot take a change that is saved, the save still succeeds and says
/// behind(); the outbox is applied to the book again before the next save, and at the next start, until it
/// holds. One save is one transaction that waits for the disk, whatever it creates.
class ChangeWriter : public QObject
{
    Q_OBJECT

public:
    ChangeWriter(DeskFile &desk, Book &book, const ringbook::Clock &clock);

    struct Edit
    {
        RecordKey record = {};
        Action action = Action::Set;
        Fields fields = {};
        QSet<QString> unseen = {}; ///< fields whose present value the author had not seen: others may be
                                   ///< overruled, so the hub shall compare with everything
    };

    /// All of them in one outbox transaction, or none. Empty edits are left out; nothing left: success.
    Status save(const QVector<Edit> &edits);

    /// The same, the edits being made inside the transaction, so that the ids and codes they need, and
    /// anything else written to the desk file (a draft that is done), cost no commit of their own and vanish
    /// with a failure.
    using Compose = std::function<Result<QVector<Edit>>()>;
    Status save(const Compose &compose);

    /// A new id for a record this device creates; never given twice. Inside a Compose, else it costs a
    /// commit.
    Result<qint64> newId();
    /// A new, final case code; likewise.
    Result<QString> newCaseCode();

    /// At start: the book shows what the outbox holds and no more, so that no crash can separate the two.
    Status replayOutbox();

Q_SIGNALS:
    void changed(const QVector<ringbook::model::RecordKey> &records); ///< these records look different now
    void kept();                                                      ///< the outbox has something to send
    void behind(const ringbook::Error &error); ///< saved, but the book does not show it yet, and why

private:
    Result<QVector<Op>> keepAll(const QVector<Edit> &edits);
    void catchUp();

    DeskFile &m_desk;
    Book &m_book;
    const ringbook::Clock &m_clock;
    bool m_bookIsBehind = false;
};

} // namespace ringbook::model
