#pragma once

#include "model/desk/CallDesk.h"

#include <QMap>
#include <QObject>
#include <QTimer>

namespace ringbook::ui {

/// Journals what is being typed, at most keepEveryMs after a key, also while typing never pauses. What could
/// not be kept is tried again until it is, or until it is forgotten.
class DraftKeeper : public QObject
{
    Q_OBJECT

public:
    static constexpr int keepEveryMs = 400;
    static constexpr int retryEveryMs = 2000;

    explicit DraftKeeper(model::CallDesk &calls, const Clock &clock, QObject *parent = nullptr);
    ~DraftKeeper() override; ///< keeps what waits

    void edit(const model::CallDraft &draft);
    void keepNow();
    /// What waits under this key is not to be kept any more: it was saved.
    void forget(const QString &key);

Q_SIGNALS:
    void draftKept(const QString &key, ringbook::TimeMs at); ///< it is on disk
    void keepingFailed(const QString &key, const ringbook::Error &error);

private:
    model::CallDesk &m_calls;
    const Clock &m_clock;
    QMap<QString, model::CallDraft> m_waiting;
    QTimer m_timer;
};

} // namespace ringbook::ui
