// A desk without a window, as a process of its own: the real files, the real use cases, the real sync client
// in its own thread. Told what to do by lines on standard input, tells what happened by lines on standard
// output. Journeys start several of them, pull their cables and kill them.

#include "app/agent/SyncThread.h"
#include "model/desk/CallerDesk.h"
#include "model/desk/CaseDesk.h"
#include "model/desk/ChangeWriter.h"
#include "model/desk/CustomerDesk.h"
#include "model/store/BookFiles.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <cstdio>
#include <iostream>
#include <optional>

using namespace ringbook;
using namespace ringbook::model;

namespace {

void say(const QString &line)
{
    std::printf("%s\n", qPrintable(line));
    std::fflush(stdout);
}

QString linkName(sync::SyncState::Link link)
{
    switch (link) {
    case sync::SyncState::Link::SignedOut: return "signed-out";
    case sync::SyncState::Link::Connecting: return "connecting";
    case sync::SyncState::Link::CatchingUp: return "catching-up";
    case sync::SyncState::Link::Live: return "live";
    case sync::SyncState::Link::Offline: return "offline";
    }
    return {};
}

/// The desk's parts; use cases are made once it is known who works here.
class HeadlessDesk : public QObject
{
public:
    HeadlessDesk(const QString &profile, const QString &hub)
        : m_profile(profile),
          m_desk(std::move(*DeskFile::open(profile + "/desk.db"))),
          m_book(std::move(*Book::open(BookFiles(profile + "/book.db").current()))),
          m_sync({.deskPath = profile + "/desk.db", .bookPath = profile + "/book.db", .hub = QUrl(hub)},
                 m_clock),
          m_writer(m_desk, m_book, m_clock)
    {
        auto &client = m_sync.client();
        connect(&client, &sync::SyncClient::stateChanged, this, [](const sync::SyncState &state) {
            say(QString("state %1 waiting=%2 refused=%3 %4")
                    .arg(linkName(state.link))
                    .arg(state.waiting)
                    .arg(state.refused)
                    .arg(state.problem.isEmpty() ? state.offlineReason : state.problem));
        });
        connect(&client, &sync::SyncClient::signedIn, this, [] { say("signed-in"); });
        connect(&client, &sync::SyncClient::signInFailed, this,
                [](const Error &error) { say("sign-in-failed " + error.detail); });
        connect(&client, &sync::SyncClient::callArrived, this, [this](const AgentCall &call) {
            say(QString("call %1 %2 number=%3 result=%4 by=%5")
                    .arg(m_clock.now())
                    .arg(name(call.state), call.party.e164, name(call.result), call.answeredBy));
        });
        connect(&client, &sync::SyncClient::recordsChanged, this, [this] {
            if (!m_caller.isEmpty())
                showCard();
        });
        connect(&client, &sync::SyncClient::startFailed, this,
                [](const Error &error) { say("start-failed " + error.detail); });
        connect(&client, &sync::SyncClient::profileCopied, &client, &sync::SyncClient::takeOwnNumber);
        connect(&client, &sync::SyncClient::bookMoved, this, &HeadlessDesk::moveBook);
        connect(&m_writer, &ChangeWriter::kept, this,
                [this] { m_sync.ask([](sync::SyncClient &client) { client.push(); }); });
        const auto replayed = m_writer.replayOutbox();
        m_sync.start();
        say(replayed ? "started" : "started-without-replay");
    }

    void obey(const QString &line)
    {
        const QString verb = line.section(' ', 0, 0);
        const QString rest = line.section(' ', 1);
        if (verb == "sign-in")
            m_sync.ask([rest](sync::SyncClient &client) {
                client.signIn(rest.section(' ', 0, 0), rest.section(' ', 1));
            });
        else if (verb == "customer")
            tell(customers().create({.name = rest}));
        else if (verb == "rename")
            rename(rest.section(' ', 0, 0).toLongLong(), rest.section(' ', 1));
        else if (verb == "complain")
            tell(cases().open(
                {.customer = {rest.section(' ', 0, 0).toLongLong()}, .subject = rest.section(' ', 1)}));
        else if (verb == "note")
            tell(cases().note({rest.section(' ', 0, 0).toLongLong()}, rest.section(' ', 1)));
        else if (verb == "rings")
            ring(rest);
        else if (verb == "online")
            m_sync.ask([](sync::SyncClient &client) { client.goOnline(); });
        else if (verb == "quit")
            QCoreApplication::quit();
        else
            say("what? " + line);
    }

private:
    void moveBook(const QString &path)
    {
        if (!m_book.moveTo(path) || !m_writer.replayOutbox())
            return say("failed to move to " + path);
        const auto partial = m_book.isPartial();
        say(partial && *partial ? "moved to the hot set" : "moved to the whole book");
        m_sync.ask([](sync::SyncClient &client) { client.removeOldBooks(); });
    }

    void ring(const QString &number)
    {
        m_caller = number;
        m_sync.ask([number](sync::SyncClient &client) { client.lookFor({number}); });
        showCard();
    }

    void showCard()
    {
        const auto card = CallerDesk(m_book, m_clock, {"DE", me()}).cardFor({.e164 = m_caller});
        say(card ? QString("card %1 history=%2").arg(card->customer.name).arg(card->timeline.size())
                 : "failed " + card.error().detail);
    }

    template <typename Record>
    void tell(const Result<Record> &result)
    {
        say(result ? QString("saved %1").arg(result->id.value) : "failed " + result.error().detail);
    }

    void rename(qint64 id, const QString &name)
    {
        const auto before = customers().customer({id});
        if (!before)
            return say("failed " + before.error().detail);
        auto after = *before;
        after.name = name;
        const auto saved = customers().update(*before, after);
        say(saved ? QString("saved %1").arg(id) : "failed " + saved.error().detail);
    }

    Id<User> me() const
    {
        const auto who = m_desk.identity();
        return {who ? who->user : 0};
    }

    CaseDesk cases() { return CaseDesk(m_book, m_writer, m_clock, me()); }
    CustomerDesk customers() { return CustomerDesk(m_book, m_writer, m_clock, "DE"); }

    QString m_profile;
    QString m_caller; ///< the number
    SystemClock m_clock;
    DeskFile m_desk;
    Book m_book;
    app::SyncThread m_sync;
    ChangeWriter m_writer;
};

} // namespace

int main(int argc, char **argv)
{
    std::ios::sync_with_stdio(false); // so that in_avail() knows what has been read ahead
    QCoreApplication app(argc, argv);
    HeadlessDesk desk(app.arguments().at(1), app.arguments().at(2));
    QSocketNotifier input(fileno(stdin), QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &desk, [&desk] {
        do {
            std::string line;
            if (!std::getline(std::cin, line))
                return QCoreApplication::quit();
            desk.obey(QString::fromStdString(line));
        } while (std::cin.rdbuf()->in_avail() > 0);
    });
    return app.exec();
}
