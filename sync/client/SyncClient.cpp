#include "sync/client/SyncClient.h"

#include "model/domain/Kinds.h"
#include "model/store/CustomerStore.h"
#include "sync/client/HttpTransport.h"
#include "sync/protocol/Codec.h"

#include <QRandomGenerator>

namespace ringbook::sync {

namespace {

constexpr qsizetype longAnswerBytes = 64 * 1024; ///< of which reading takes milliseconds

double systemRandom()
{
    return QRandomGenerator::global()->generateDouble();
}

} // namespace

SyncClient::SyncClient(Options options, const ringbook::Clock &clock)
    : m_options(std::move(options)),
      m_clock(clock)
{
    qRegisterMetaType<QVector<model::RecordKey>>();
    qRegisterMetaType<QVector<model::AgentCall>>();
    qRegisterMetaType<model::AgentCall>();
    qRegisterMetaType<QVector<model::Presence>>();
    qRegisterMetaType<SyncState>();
    qRegisterMetaType<SessionReply>();
    qRegisterMetaType<QVector<model::TelephonySource>>();
    qRegisterMetaType<QVector<model::TelephonyFinding>>();
    qRegisterMetaType<model::AgentPhone>();
    qRegisterMetaType<model::CallCommand>();
    qRegisterMetaType<Error>();
    m_aside.setMaxThreadCount(1);
    m_reader.setMaxThreadCount(1);
}

SyncClient::~SyncClient()
{
    if (m_files)
        m_files->stopCleaning();
    for (QThreadPool *pool : {&m_aside, &m_reader}) {
        pool->clear();
        pool->waitForDone();
    }
}

Instant SyncClient::instant() const
{
    return {.wall = m_clock.now(), .ms = m_clock.monotonicNs() / 1'000'000};
}

void SyncClient::start()
{
    m_files.emplace(
        DeskFiles::Places{m_options.deskPath, m_options.bookPath, m_options.hub, m_options.deviceName},
        m_clock, filesListener());
    const auto opened = m_files->open();
    if (!opened) {
        m_cannotStart = opened.error();
        return Q_EMIT startFailed(m_cannotStart);
    }
    m_timer = new QTimer(this);
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, [this] { say(input::Tick{}); });
    m_tidy = new QTimer(this);
    m_tidy->setSingleShot(true);
    m_tidy->setInterval(m_options.tidyAfterMs);
    connect(m_tidy, &QTimer::timeout, this, &SyncClient::tidy);
    m_clean = new QTimer(this);
    m_clean->setSingleShot(true);
    connect(m_clean, &QTimer::timeout, this, &SyncClient::clean);
    connectTransport();
    if (m_files->isUnclean())
        tidySoon();
    m_engine.emplace(m_options.random ? m_options.random : systemRandom);
    countCustomers();
    say(*opened);
    tellClean();
}

DeskFiles::Listener SyncClient::filesListener()
{
    return {.say = [this](const Input &input) { say(input); },
            .changed = [this](const auto &records) { Q_EMIT recordsChanged(records); },
            .moreToApply = [this] { QTimer::singleShot(0, this, [this] { m_files->applyChunk(); }); },
            .wrote =
                [this] {
                    disturbed();
                    tidySoon();
                },
            .cleared = [this] { Q_EMIT bookCleared(); },
            .damaged = [this] { Q_EMIT bookDamaged(); },
            .replaced = [this] { Q_EMIT bookReplaced(); },
            .moved =
                [this](const QString &path) {
                    tidySoon();
                    Q_EMIT bookMoved(path);
                },
            .aside = [this](auto work, auto then) { doAside(std::move(work), std::move(then)); },
            .copied = [this] { Q_EMIT profileCopied(); }};
}

void SyncClient::doAside(std::function<void()> work, std::function<void()> then)
{
    m_aside.start([this, work = std::move(work), then = std::move(then)] {
        work();
        QMetaObject::invokeMethod(this, then, Qt::QueuedConnection);
    });
}

void SyncClient::connectTransport()
{
    m_transport = m_options.transport ? m_options.transport()
                                      : std::make_unique<HttpTransport>(m_options.hubCertificate);
    m_transport->setHub(m_options.hub.isEmpty() ? QUrl(m_files->identity().hubUrl) : m_options.hub);
    connect(m_transport.get(), &Transport::answered, this, &SyncClient::answered);
    connect(m_transport.get(), &Transport::streamOpened, this, [this](int status, const QByteArray &type) {
        say(input::StreamOpened{status, type});
    });
    connect(m_transport.get(), &Transport::streamBytes, this,
            [this](const QByteArray &bytes, qint64 receivedNs) {
                m_receivedNs = receivedNs;
                say(input::StreamBytes{bytes});
            });
    connect(m_transport.get(), &Transport::streamEnded, this,
            [this](const QString &failure) { say(input::StreamEnded{failure}); });
}

/// A long page is read beside this thread, which applies the one before it meanwhile.
void SyncClient::answered(int id, const HttpAnswer &answer)
{
    if (id < 0)
        return toldBack(id, answer);
    if (answer.isUntrusted) {
        say(input::Answered{id, answer});
        return Q_EMIT hubDistrusted(answer.failure);
    }
    if (id != m_pageId || answer.status != 200 || answer.body.size() < longAnswerBytes)
        return say(input::Answered{id, answer});
    m_reader.start([this, id, answer] {
        const input::Answered read{id, answer, readChangesPage(answer.body)};
        QMetaObject::invokeMethod(
            this, [this, read] { say(read); }, Qt::QueuedConnection);
    });
}

/// One input at a time; what an effect answers at once waits until the effects before are done.
void SyncClient::say(const Input &input)
{
    if (!m_engine)
        return;
    m_inbox.append(input);
    if (std::exchange(m_working, true))
        return;
    while (!m_inbox.isEmpty()) {
        const Effects effects = m_engine->handle(m_inbox.takeFirst(), instant());
        for (const Effect &effect : effects)
            std::visit(
                [this](const auto &what) {
                    if constexpr (requires { m_files->carryOut(what); })
                        m_files->carryOut(what);
                    else
                        carryOut(what);
                },
                effect);
    }
    m_working = false;
    settle();
}

void SyncClient::settle()
{
    const SyncState state = m_engine->state();
    if (state != m_state) {
        if (state.link != m_state.link)
            countCustomers();
        m_state = state;
        Q_EMIT stateChanged(m_state);
    }
    if (const auto next = m_engine->nextTimer())
        m_timer->start(int(std::max<qint64>(1, *next - instant().ms)));
    else
        m_timer->stop();
}

/// Where somebody writes all day there is no quiet moment to wait for.
void SyncClient::tidySoon()
{
    const qint64 now = instant().ms;
    if (!m_tidy->isActive())
        m_untidySince = now;
    if (now - m_untidySince < qint64(mostTidyDelays) * m_options.tidyAfterMs)
        m_tidy->start();
}

/// What nobody should wait for, while nothing happens: ops confirmed long ago are forgotten, the logs of both
/// files move into them, so that no save has to do it, and the book is counted.
void SyncClient::tidy()
{
    m_files->forgetOldOps();
    m_files->desk().db().checkpoint();
    const model::Book *book = m_files->book();
    if (!book)
        return;
    book->db().checkpoint();
    if (m_files->isUnclean() && !m_clean->isActive())
        m_clean->start(m_options.tidyAfterMs);
    tellClean();
    countCustomers();
}

/// Of a million it takes a while, which nobody at the desk waits for here.
void SyncClient::countCustomers()
{
    const model::Book *book = m_files->book();
    if (const auto customers = book ? model::CustomerStore(book->db()).count() : Result<int>(0))
        Q_EMIT customersCounted(*customers);
}

/// Looks again until all is clean, when nobody telephones and nobody has done anything for a while.
void SyncClient::clean()
{
    if (!m_files->isUnclean()) {
        m_cleanDelays = 1;
        return;
    }
    if (m_calls.isEmpty() && m_files->clean())
        m_cleanDelays = std::min(2 * m_cleanDelays, mostCleanDelays);
    m_clean->start(m_cleanDelays * m_options.tidyAfterMs);
}

void SyncClient::tellClean()
{
    if (const auto upTo = m_files->takeCleaned())
        say(input::Cleaned{*upTo});
}

void SyncClient::disturbed()
{
    m_files->stopCleaning();
    if (m_clean->isActive())
        m_clean->start();
}

void SyncClient::noteCall(const model::AgentCall &call)
{
    if (call.state == model::AgentCall::State::Over)
        m_calls.remove(call.callId);
    else
        m_calls.insert(call.callId);
    disturbed();
}

void SyncClient::push()
{
    if (m_tidy) {
        disturbed();
        tidySoon();
    }
    say(input::Kept{});
}

void SyncClient::goOnline()
{
    say(input::TryNow{});
}

void SyncClient::rebuildBook()
{
    m_files->rebuildBook();
}

void SyncClient::takeOwnNumber()
{
    m_files->takeOwnNumber();
}

void SyncClient::removeOldBooks()
{
    m_files->removeOldBooks();
    tellClean();
}

void SyncClient::signIn(const QString &login, const QString &password, const QString &extension)
{
    if (!m_engine) {
        Q_EMIT signInFailed(m_cannotStart);
        return Q_EMIT startFailed(m_cannotStart);
    }
    say(input::SignIn{{.schema = model::schemaNumber,
                       .login = login,
                       .password = password,
                       .device = m_files->identity().device,
                       .deviceSecret = m_files->identity().deviceSecret,
                       .deviceName = m_options.deviceName,
                       .extension = extension}});
}

void SyncClient::carryOut(const effect::Send &send)
{
    if (send.asksForPage)
        m_pageId = send.id;
    m_transport->send(send.id, send.request);
}

void SyncClient::carryOut(const effect::Cancel &cancel)
{
    m_transport->cancel(cancel.id);
}

void SyncClient::carryOut(const effect::OpenStream &open)
{
    m_transport->openStream(open.request);
}

void SyncClient::carryOut(const effect::CloseStream &)
{
    m_transport->closeStream();
}

void SyncClient::carryOut(const effect::KeepSession &keep)
{
    if (const auto kept = m_files->keepSession(keep); !kept)
        return Q_EMIT signInFailed(kept.error());
    Q_EMIT signedIn(keep.reply);
}

void SyncClient::carryOut(const effect::RefuseSignIn &refuse)
{
    Q_EMIT signInFailed(refuse.error);
}

void SyncClient::carryOut(const effect::ShowCall &show)
{
    noteCall(show.call);
    Q_EMIT callArrived(show.call, m_receivedNs);
}

void SyncClient::carryOut(const effect::ReplaceCalls &replace)
{
    m_calls.clear();
    for (const model::AgentCall &call : replace.calls)
        noteCall(call);
    Q_EMIT callsReplaced(replace.calls, m_receivedNs);
}

void SyncClient::share(Id<model::Customer> customer, model::Presence::Doing doing)
{
    say(input::Share{{.customer = customer, .doing = doing}});
}

void SyncClient::carryOut(const effect::ShowPresence &show)
{
    Q_EMIT presenceChanged(show.news.customer, show.news.people);
}

void SyncClient::carryOut(const effect::ForgetPresence &)
{
    Q_EMIT presenceForgotten();
}

void SyncClient::lookFor(const QStringList &numbers)
{
    say(input::LookFor{numbers});
}

void SyncClient::carryOut(const effect::ShowLookUps &show)
{
    Q_EMIT lookUpsChanged(show.lookUps);
}

void SyncClient::carryOut(const effect::ShowPhone &show)
{
    Q_EMIT phoneChanged(show.phone);
}

void SyncClient::carryOut(const effect::OfferSimulator &offer)
{
    Q_EMIT simulatorOffered(offer.offered);
}

} // namespace ringbook::sync
