#pragma once

#include "sync/hub/CallBoard.h"
#include "sync/hub/PresenceBoard.h"
#include "sync/hub/Sessions.h"
#include "sync/hub/store/Database.h"

#include <QThread>

#include <functional>
#include <memory>

namespace ringbook::hub {

/// Tells the desks here what was written to the database: by this hub, by others that serve the same
/// database, by an administrator's command; and where the desks of other hubs are. The only one who publishes
/// changes, on a thread of its own, so each book is told in order and nobody's answer waits for it. Others
/// are heard at once on PostgreSQL, within a second on SQLite.
class Follower
{
public:
    /// Before the desks are told; also if the changes were too many to be read.
    using Notice = std::function<void(const BookChanges &changes)>;

    struct Told
    {
        Fanout &fanout;
        Sessions &sessions;
        PresenceBoard &presence;
        CallBoard &calls;
        const Clock &clock;
        Notice notice;
    };
    /// `self` is what this hub's WriteBatches call themselves: they need not be read back.
    Follower(Database database, QString self, Told told);
    ~Follower(); ///< what was published before is told first

    Status start();

    void publish(const BookChanges &changes); ///< by any thread
    void announce(const PresenceAt &at);      ///< to the other hubs; by any thread
    void lookSoon();                          ///< telephones may be others' now; by any thread

private:
    Status open();
    void heard(const QString &announcement);
    void tell(const BookChanges &changes);
    void look();
    void catchUp(const BookHead &book);
    void endSessions();
    void seatUsers();
    void publishHere(const BookChanges &changes);

    Database m_database;
    QString m_self;
    Told m;
    std::optional<model::Connection> m_db; ///< none: it was lost
    qint64 m_endings = 0;                  ///< of sessions, that this hub knows of
    qint64 m_seatings = -1;                ///< the same of telephones; none yet
    TimeMs m_seatedAt = 0;                 ///< when they were looked at last
    bool m_willLook = false;
    QThread m_thread;
    std::unique_ptr<QObject> m_here; ///< lives on the thread
};

} // namespace ringbook::hub
