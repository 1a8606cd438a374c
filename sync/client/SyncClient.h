#pragma once

#include "model/domain/AgentCall.h"
#include "sync/client/DeskFiles.h"
#include "sync/client/Engine.h"
#include "sync/client/SyncState.h"
#include "sync/client/Transport.h"
#include "sync/protocol/Routes.h"

#include <QSet>
#include <QThreadPool>
#include <QTimer>

namespace ringbook::sync {

/// The desk's side of sync: carries out what the engine decides, on a desk file and a book file of its own.
/// Made anywhere; then moved to its thread, where start() opens everything. All it says are signals that may
/// be queued.
class SyncClient : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QString deskPath = {};
        QString bookPath = {};       ///< its first file; see model::BookFiles
        QUrl hub = {};               ///< empty: where this desk signed in before
        QString hubCertificate = {}; ///< the file whose certificates alone are trusted; empty: the system's
        QString deviceName = {};     ///< told to the hub at the first sign-in
        std::function<std::unique_ptr<Transport>()> transport = {}; ///< empty: HTTP
        std::function<double()> random = {};                        ///< empty: the system's
        int tidyAfterMs = 5000; ///< of nothing being written; at the latest after mostTidyDelays of it
    };
    static constexpr int mostTidyDelays = 6;
    /// Cleaning after an erasure begins after tidyAfterMs of quiet, and needs twice as much each time it is
    /// cut off, up to this.
    static constexpr int mostCleanDelays = 1024;

    SyncClient(Options options, const ringbook::Clock &clock);
    ~SyncClient() override;

public Q_SLOTS:
    void start(); ///< once, in its thread
    void push();  ///< something was kept in the outbox
    /// `extension`: of the phone they sit at from now on; empty: as before.
    void signIn(const QString &login, const QString &password, const QString &extension = {});
    void goOnline(); ///< do not wait any longer
    /// Which customer is on the screen, told to everybody of the book while there is a stream.
    void share(Id<model::Customer> customer, model::Presence::Doing doing);
    /// The numbers (E.164) of calls that go on and are nobody's in the book: they are asked for at the hub
    /// while the book is not whole. Who has one comes as recordsChanged().
    void lookFor(const QStringList &numbers);
    /// Answers bookDamaged() after every other object that has the book open closed it.
    void rebuildBook();
    /// Answers profileCopied() after every other object that has the book open closed it.
    void takeOwnNumber();
    /// Answers bookMoved() after every other object that had the old file open moved.
    void removeOldBooks();

    /// What the user's telephone shall do; its extension is the hub's to know. Answered by phoneObeyed()
    /// or phoneRefused().
    void order(const ringbook::model::CallCommand &command);
    // For leads and administrators; answered by telephonyTold(), telephonyExamined() or telephonyFailed().
    void readTelephony();
    void examineTelephony(const QString &source);
    void replayCall(const QString &source);
    /// Where simulatorOffered(true): a call without a PBX, at this user's extension.
    void ring(const QString &number, const QString &name);

Q_SIGNALS:
    void recordsChanged(const QVector<ringbook::model::RecordKey> &records);
    void callArrived(const ringbook::model::AgentCall &call, qint64 receivedNs);
    void callsReplaced(const QVector<ringbook::model::AgentCall> &calls, qint64 receivedNs);
    void stateChanged(const ringbook::sync::SyncState &state);
    /// All who are at this customer now, this desk's user among them.
    void presenceChanged(ringbook::Id<ringbook::model::Customer> customer,
                         const QVector<ringbook::model::Presence> &people);
    void presenceForgotten(); ///< of all customers
    void lookUpsChanged(const ringbook::model::LookUps &lookUps);
    void signedIn(const ringbook::sync::SessionReply &reply);
    void signInFailed(const ringbook::Error &error);
    /// Why whoever answers is not taken for the hub, one sentence; after signInFailed(), if it comes of it.
    void hubDistrusted(const QString &sentence);
    void phoneChanged(
        const ringbook::model::AgentPhone &phone); ///< which one is theirs, and what it does when told
    void phoneObeyed(const ringbook::model::CallCommand &command);
    void phoneRefused(const ringbook::model::CallCommand &command, const ringbook::Error &why);
    void telephonyTold(const QVector<ringbook::model::TelephonySource> &sources);
    void telephonyExamined(const QVector<ringbook::model::TelephonyFinding> &findings);
    void telephonyFailed(const ringbook::Error &error);
    void simulatorOffered(bool offered);
    void simulatorFailed(const ringbook::Error &error);
    void customersCounted(int customers); ///< at the start, before the link changes, after writing
    void bookCleared();                   ///< everything may look different
    void bookDamaged();                   ///< close the book and call rebuildBook()
    void bookReplaced();                  ///< another book stands under its name: open it
    /// The book is another file now, which has more: move there, replay the outbox, call removeOldBooks().
    void bookMoved(const QString &path);
    void profileCopied(); ///< records made here get other ids: close the book and call takeOwnNumber()
    /// A file cannot be opened; nothing is synced. Said again after each signInFailed() that comes of it.
    void startFailed(const ringbook::Error &error);

private:
    DeskFiles::Listener filesListener();
    void doAside(std::function<void()> work, std::function<void()> then);
    void say(const Input &input);
    void carryOut(const effect::Send &send);
    void carryOut(const effect::Cancel &cancel);
    void carryOut(const effect::OpenStream &open);
    void carryOut(const effect::CloseStream &);
    void carryOut(const effect::KeepSession &keep);
    void carryOut(const effect::RefuseSignIn &refuse);
    void carryOut(const effect::ShowCall &show);
    void carryOut(const effect::ReplaceCalls &replace);
    void carryOut(const effect::ShowPresence &show);
    void carryOut(const effect::ForgetPresence &);
    void carryOut(const effect::ShowLookUps &show);
    void carryOut(const effect::ShowPhone &show);
    void carryOut(const effect::OfferSimulator &offer);

    void connectTransport();
    void answered(int id, const HttpAnswer &answer);
    using Told = std::function<void(const Result<QByteArray> &body)>;
    void askHub(Operation operation, const PathParts &parts, const QByteArray &body, Told told);
    void toldBack(int id, const HttpAnswer &answer);
    QString extension() const;
    void settle();
    void tidySoon();
    void tidy();
    void countCustomers();
    void clean();
    void tellClean();
    void disturbed();
    void noteCall(const model::AgentCall &call);
    Instant instant() const;

    Options m_options;
    const ringbook::Clock &m_clock;
    std::optional<Engine> m_engine;
    Error m_cannotStart; ///< why there is no engine
    std::unique_ptr<Transport> m_transport;
    std::optional<DeskFiles> m_files;
    QThreadPool m_aside;  ///< one thread, which unpacks and cleans books
    QThreadPool m_reader; ///< one thread, which reads long pages
    QTimer *m_timer = nullptr;
    QTimer *m_tidy = nullptr; ///< since something was last written
    qint64 m_untidySince = 0;
    QTimer *m_clean = nullptr; ///< since something last happened, while something erased is in the files
    int m_cleanDelays = 1;     ///< of quiet before it is tried
    QSet<QString> m_calls;     ///< that are not over

    QVector<Input> m_inbox;
    bool m_working = false;
    SyncState m_state;
    qint64 m_receivedNs = 0; ///< of the bytes being read

    int m_pageId = 0;  ///< of the page of changes last asked for
    int m_askedId = 0; ///< negative: not the engine's
    QHash<int, Told> m_asked;
};

} // namespace ringbook::sync
