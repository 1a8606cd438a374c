#pragma once

#include "sync/client/SyncState.h"

#include <QTimer>

namespace ringbook::ui {
class StatusLine;
}

namespace ringbook::app {

/// What the status line is told: how sync goes, this desk's own trouble, the figures of its book.
class DeskStatus
{
public:
    static constexpr int problemStandsMs = 60'000;

    explicit DeskStatus(ui::StatusLine &line, int problemStands = problemStandsMs);

    void setSync(const sync::SyncState &state);
    const sync::SyncState &sync() const { return m_sync; }
    bool isLive() const { return m_sync.link == sync::SyncState::Link::Live; }

    // What is wrong at this desk is said before what is wrong with sync.
    void say(const QString &problem);        ///< it has happened: for a minute
    void keepSaying(const QString &problem); ///< until another one, or none, is kept

    void setBook(const QString &name, std::optional<qint64> customers);
    std::optional<qint64> customers() const { return m_customers; }
    void setRingToPaint(qint64 microseconds);

private:
    void showStatus();
    void showFigures();

    ui::StatusLine &m_line;
    QTimer m_problemEnds;
    sync::SyncState m_sync;
    QString m_problem;
    QString m_lastingProblem;
    QString m_book;
    std::optional<qint64> m_customers;
    std::optional<qint64> m_ringToPaintUs;
};

} // namespace ringbook::app
