#include "app/agent/Agent.h"

#include "app/agent/HubCertificate.h"
#include "model/store/BookFiles.h"
#include "ui/card/CardPage.h"
#include "ui/text/Times.h"
#include "ui/text/Wording.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QNetworkInformation>
#include <QScreen>
#include <QSysInfo>

namespace ringbook::app {

using model::AgentCall;
using model::RecordKey;
using sync::SyncClient;
using sync::SyncState;

namespace {

constexpr int maxPasswordBytes = 1024;

QJsonArray inWords(const QVector<RecordKey> &records)
{
    QJsonArray names;
    for (const RecordKey &key : records)
        names.append(key.kind + ':' + QString::number(key.id));
    return names;
}

} // namespace

Agent::Agent(Options options, ui::ThemeSwitch &themes)
    : m_options(std::move(options)),
      m_events(m_options.events),
      m_shell(m_clock, themes),
      m_signIn(new ui::SignInPage),
      m_status(m_shell.statusLine()),
      m_telephone(m_shell),
      m_localRings(m_clock)
{
    m_shell.setSignIn(m_signIn);
    connectSignIn();
    connectTelephone();
    connectLocalRings();
}

Agent::~Agent()
{
    if (m_workplace)
        m_workplace->keepDrafts();
    m_sync.reset(); // before the book it writes to is closed here
}

Status Agent::start()
{
    if (!QDir().mkpath(m_options.profile))
        return Error{Fault::Failed, ui::sentence(ui::Doing::Starting, Fault::Failed)};
    if (const auto opened = openDeskFile(); !opened)
        return opened;
    const auto who = m_desk->identity();
    if (!who)
        return Error{who.error().fault, ui::sentence(ui::Doing::Starting, who.error().fault)};

    const QString hub = m_options.hub.isEmpty() ? who->hubUrl : m_options.hub;
    const auto lease = m_desk->lease();
    if (!lease)
        return Error{lease.error().fault, ui::sentence(ui::Doing::Starting, lease.error().fault)};
    if (lease->isOver(m_clock.now()))
        m_lockedSince = lease->heardAt;
    if (who->user && !m_lockedSince)
        if (const auto opened = openWorkplace(); !opened)
            return opened;
    m_workplace ? m_shell.showDesk() : m_shell.showSignIn();
    m_signIn->setEntry({.hub = hub,
                        .login = m_options.login.isEmpty() ? who->login : m_options.login,
                        .phone = m_options.phone});
    followNetwork();
    if (!hub.isEmpty())
        startSync(QUrl(hub));
    if (m_lockedSince)
        showLocked();
    showWindow();
    if (!m_options.login.isEmpty())
        signInFromOptions();
    if (m_options.request.kind != Request::Kind::Show)
        if (const Status obeyed = obey(m_options.request); !obeyed)
            qWarning("%s", qPrintable(obeyed.error().detail));
    return Done{};
}

/// Found damaged here, it is not taken for the book later, which may be fetched anew.
Status Agent::openDeskFile()
{
    const QString path = m_options.profile + "/desk.db";
    auto desk = model::DeskFile::open(path);
    const Status sound = desk ? desk->check() : Status(desk.error());
    if (!sound && sound.error().fault == Fault::Damaged)
        return Error{Fault::Damaged, ui::damagedDeskFile(QDir::toNativeSeparators(path))};
    if (!sound)
        return Error{sound.error().fault, ui::sentence(ui::Doing::Starting, sound.error().fault)};
    m_desk.emplace(std::move(*desk));
    return Done{};
}

/// All of a small screen, the usual size on a larger one.
void Agent::showWindow()
{
    const QSize room = m_shell.screen()->availableSize();
    const QSize usual = m_shell.sizeHint();
    if (room.width() <= usual.width() || room.height() <= usual.height())
        return m_shell.showMaximized();
    m_shell.resize(usual);
    m_shell.show();
}

Status Agent::openWorkplace()
{
    const QString path = model::BookFiles(m_options.profile + "/book.db").current();
    auto opened = Workplace::open(*m_desk, path, m_shell, m_clock);
    if (!opened && opened.error().fault == Fault::Damaged && model::Book::setAside(path)) {
        // The book is a copy: a fresh one fills itself from the hub and from what waits here.
        m_status.say(ui::sentence(ui::Doing::Starting, Fault::Damaged));
        opened = Workplace::open(*m_desk, path, m_shell, m_clock);
    }
    if (!opened)
        return Error{opened.error().fault, ui::sentence(ui::Doing::Starting, opened.error().fault)};
    m_workplace = std::move(*opened);
    connectWorkplace();
    connectCalls();
    m_telephone.setWorkplace(m_workplace.get());
    m_workplace->refreshAttention();
    return Done{};
}

void Agent::connectWorkplace()
{
    connect(&m_workplace->writer(), &model::ChangeWriter::kept, this, [this] {
        m_events.say("kept");
        askSync([](SyncClient &client) { client.push(); });
    });
    connect(m_workplace.get(), &Workplace::atCustomer, this,
            [this](Id<model::Customer> customer, model::Presence::Doing doing) {
                askSync([=](SyncClient &client) { client.share(customer, doing); });
            });
    connect(m_workplace.get(), &Workplace::trayChanged, this,
            [this] { askSync([](SyncClient &client) { client.push(); }); });
    connect(m_workplace.get(), &Workplace::problem, this,
            [this](const QString &sentence) { m_status.say(sentence); });
    // Not at once: closing destroys who says it.
    connect(
        m_workplace.get(), &Workplace::bookDamaged, this,
        [this] {
            if (m_workplace && m_sync)
                closeBook();
        },
        Qt::QueuedConnection);
    connect(&m_workplace->card(), &ui::CardPage::filed, this, [this](const model::Filed &filed) {
        m_events.say("saved", {{"case", filed.opened ? QString::number(filed.opened->id.value) : QString()},
                               {"interaction", QString::number(filed.interaction.id.value)}});
    });
    if (const auto who = m_desk->identity()) {
        m_bookName = who->book;
        m_status.setBook(m_bookName, m_status.customers());
        m_shell.setUser(who->userName, QString());
    }
}

/// Back on a network the desk tries its hub at once. Where the system tells nothing it waits its turn.
void Agent::followNetwork()
{
    if (!QNetworkInformation::loadDefaultBackend())
        return;
    connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
            [this](QNetworkInformation::Reachability reach) {
                if (reach != QNetworkInformation::Reachability::Disconnected)
                    tryHubNow();
            });
}

void Agent::tryHubNow()
{
    if (m_sync)
        m_sync->ask([](SyncClient &client) { client.goOnline(); });
}

void Agent::startSync(const QUrl &hub)
{
    m_hub = hub;
    m_sync.reset();
    m_sync = std::make_unique<SyncThread>(
        SyncClient::Options{.deskPath = m_options.profile + "/desk.db",
                            .bookPath = m_options.profile + "/book.db",
                            .hub = hub,
                            .hubCertificate = keptHubCertificate(m_options.profile),
                            .deviceName = QSysInfo::machineHostName()},
        m_clock);
    connectSync(m_sync->client());
    m_sync->start();
}

void Agent::connectSync(SyncClient &client)
{
    connect(&client, &SyncClient::stateChanged, this, &Agent::showState);
    connect(&client, &SyncClient::signedIn, this, &Agent::signedIn);
    connect(&client, &SyncClient::signInFailed, this, [this](const Error &error) {
        m_events.say("sign_in_failed");
        m_signIn->showFault(error.fault);
    });
    connect(&client, &SyncClient::hubDistrusted, this, [this](const QString &sentence) {
        if (m_signIn->isVisible())
            m_signIn->showDistrust(sentence);
    });
    connect(&client, &SyncClient::startFailed, this,
            [this](const Error &error) { sayForGood(ui::sentence(ui::Doing::Starting, error.fault)); });
    connectBook(client);
    connectHubCalls(client);
    connectPresence(client);
    connectTelephony(client);
}

/// Wherever the agent looks: the sign-in page hides the status line.
void Agent::sayForGood(const QString &sentence)
{
    m_status.keepSaying(sentence);
    m_signIn->showProblem(sentence);
}

void Agent::connectBook(SyncClient &client)
{
    connect(&client, &SyncClient::recordsChanged, this, &Agent::receive);
    connect(&client, &SyncClient::customersCounted, this, [this](int customers) {
        const bool wasEmpty = m_status.customers() == 0;
        m_status.setBook(m_bookName, customers);
        if (wasEmpty && customers > 0 && m_workplace)
            m_workplace->calls().warmUp();
    });
    connect(&client, &SyncClient::bookCleared, this, [this] {
        if (m_workplace)
            m_workplace->refreshAll();
    });
    connect(&client, &SyncClient::bookDamaged, this, &Agent::closeBook);
    connect(&client, &SyncClient::bookReplaced, this, &Agent::reopenBook);
    connect(&client, &SyncClient::bookMoved, this, &Agent::moveBook);
    connect(&client, &SyncClient::profileCopied, this, [this] {
        leaveBook();
        m_sync->ask([](SyncClient &client) { client.takeOwnNumber(); });
    });
}

void Agent::connectSignIn()
{
    connect(m_signIn, &ui::SignInPage::signInRequested, this, &Agent::signIn);
    connect(m_signIn, &ui::SignInPage::left, &m_shell, &ui::Shell::showDesk);
    connect(&m_shell, &ui::Shell::hubWanted, this, &Agent::tryHubNow);
    connect(&m_shell, &ui::Shell::signInRequested, this, [this] {
        m_signIn->beginAgain(entryAgain());
        m_shell.showSignIn();
    });
}

/// The hub is where the password will go, which need not be where this desk was signed in before.
ui::SignInPage::Entry Agent::entryAgain() const
{
    const auto who = m_desk->identity();
    return {.hub = m_hub.toString(), .login = who ? who->login : QString(), .phone = m_telephone.extension()};
}

void Agent::signIn(const ui::SignInPage::Entry &entry)
{
    const QUrl hub(entry.hub);
    if (!m_sync || m_hub != hub)
        startSync(hub);
    m_signIn->setBusy(true);
    m_sync->ask([entry](SyncClient &client) { client.signIn(entry.login, entry.password, entry.phone); });
}

void Agent::signInFromOptions()
{
    QFile file(m_options.passwordFile);
    if (m_options.passwordFile.isEmpty() || !file.open(QIODevice::ReadOnly))
        return;
    const QString password = QString::fromUtf8(file.readLine(maxPasswordBytes)).trimmed();
    signIn({.hub = m_options.hub, .login = m_options.login, .password = password, .phone = m_options.phone});
}

void Agent::signedIn(const sync::SessionReply &)
{
    m_events.say("signed_in");
    m_signIn->setBusy(false);
    setLocked({});
    if (!m_workplace) {
        if (const auto opened = openWorkplace(); !opened) {
            m_status.say(opened.error().detail);
            m_signIn->showFault(opened.error().fault);
            return;
        }
    }
    m_shell.showDesk();
}

void Agent::showState(const SyncState &state)
{
    const bool wasLive = m_status.isLive();
    const bool hasOtherTray = state.refused != m_status.sync().refused;
    m_status.setSync(state);
    setLocked(state.lockedSince);
    if (hasOtherTray && m_workplace)
        m_workplace->refreshAttention();
    if (m_status.isLive() == wasLive)
        return;
    showLive();
    if (wasLive || !m_workplace)
        return;
    m_events.say("live", {{"customers", m_status.customers().value_or(0)}});
}

void Agent::receive(const QVector<RecordKey> &records)
{
    if (!m_workplace)
        return;
    m_workplace->refresh(records);
    if (m_events.isRead())
        m_events.say("changed", {{"records", inWords(records)}});
}

void Agent::closeBook()
{
    m_status.say(ui::sentence(ui::Doing::Starting, Fault::Damaged));
    leaveBook();
    m_sync->ask([](SyncClient &client) { client.rebuildBook(); });
}

void Agent::leaveBook()
{
    if (m_workplace)
        m_workplace->keepDrafts();
    m_telephone.setWorkplace(nullptr);
    m_workplace.reset();
}

void Agent::reopenBook()
{
    if (m_lockedSince)
        return;
    if (const auto opened = openWorkplace(); !opened)
        m_status.keepSaying(opened.error().detail);
}

/// Nobody sees the book until the hub is heard of again; what waits is sent then.
void Agent::setLocked(std::optional<TimeMs> since)
{
    const bool wasLocked = m_lockedSince.has_value();
    m_lockedSince = since;
    if (wasLocked == since.has_value())
        return;
    m_events.say(since ? "locked" : "unlocked");
    if (since) {
        leaveBook();
        return showLocked();
    }
    m_signIn->setLocked({});
    reopenBook();
    m_shell.showDesk();
}

void Agent::showLocked()
{
    m_signIn->beginAgain(entryAgain());
    m_signIn->setLocked(ui::lockedDesk(ui::inSentence(*m_lockedSince, {.now = m_clock.now()})));
    m_shell.showSignIn();
}

/// In mid-call too: the card stays, and reads from the new file.
void Agent::moveBook(const QString &path)
{
    const auto moved = m_workplace ? m_workplace->moveBook(path) : Status(Done{});
    if (!moved)
        return m_status.keepSaying(ui::sentence(ui::Doing::Starting, moved.error().fault));
    m_sync->ask([](SyncClient &client) { client.removeOldBooks(); });
    if (m_workplace)
        m_workplace->calls().warmUp();
    m_events.say("book_moved");
}

} // namespace ringbook::app
