// Draws the card in its states to pictures, for people to look at. Not a test.
//   ringbook-look-card FOLDER [light|dark|contrast] [SCALE] [rtl] [NAME…]

#include "tests/ui/CardWorld.h"
#include "tests/ui/Showcase.h"
#include "ui/attention/AttentionPage.h"
#include "ui/people/CasesPage.h"
#include "ui/people/PeoplePage.h"
#include "ui/phone/CallBacksPage.h"
#include "ui/phone/TelephonyPage.h"
#include "ui/theme/ThemeSwitch.h"

#include <QApplication>
#include <QDir>
#include <QPixmap>
#include <QTest>
#include <QTextStream>

using namespace ringbook;

namespace {

constexpr QSize cardAt1366(1366 - ui::size::rail, 768 - ui::size::topBar - ui::size::statusLine);

ui::ThemeChoice choiceOf(const QStringList &words)
{
    if (words.contains("dark"))
        return ui::ThemeChoice::Dark;
    return words.contains("contrast") ? ui::ThemeChoice::HighContrast : ui::ThemeChoice::Light;
}

/// Files a complaint, lets its code be spelled, and has another call waiting.
void save(tests::World &world, ui::CardPage &page)
{
    for (const QString number : {"+4917139200470", "+493023125147"}) {
        world.customerWith(number.endsWith('0') ? "Ana Costa" : "Bruno Keller", number);
        const auto call = world.ringing(number);
        page.show(call, *world.callers.cardFor(call.party));
        QTest::keyClicks(page.focusWidget(), "Valve still leaking");
    }
    QTest::keyClick(&page, Qt::Key_C, Qt::AltModifier);
    QTest::keyClick(&page, Qt::Key_1, Qt::AltModifier);
    QTest::keyClick(&page, Qt::Key_Return, Qt::ControlModifier);
    QTest::keyClick(&page, Qt::Key_K, Qt::AltModifier);
}

bool draw(const tests::Showcase &showcase, const QString &file)
{
    tests::CardWorld made;
    ui::CardPage page(made.desks());
    page.resize(cardAt1366);
    page.show();
    page.show(showcase.call, showcase.card);
    QApplication::setActiveWindow(&page);
    page.focusNote();
    QTest::keyClicks(page.focusWidget(), showcase.note);
    if (showcase.hasComplaint)
        QTest::keyClick(&page, Qt::Key_C, Qt::AltModifier);
    if (showcase.isSaved)
        save(made.world, page);
    page.keepDrafts();
    QCoreApplication::sendPostedEvents();
    return page.grab().save(file);
}

/// Somebody is on the telephone and is erased meanwhile.
bool drawErased(const QString &file)
{
    tests::CardWorld made;
    const auto ana = made.world.customerWith("Ana Costa", "+4917139200470");
    ui::CardPage page(made.desks());
    page.resize(cardAt1366);
    page.show();
    const auto call = made.world.ringing("+4917139200470");
    page.show(call, *made.world.callers.cardFor(call.party));
    QTest::keyClicks(page.focusWidget(), "She moves");
    made.world.arrive({.record = {"customer", ana.id.value},
                       .action = model::Action::Erase,
                       .author = made.world.anna.value});
    page.takeChanges({{"customer", ana.id.value}});
    QTest::qWait(200);
    return page.grab().save(file);
}

/// A book with some people and cases in it, for the other two pages.
void fill(tests::World &world)
{
    const QStringList names = {"Ana Costa",     "Bruno Keller", "Chiara Lombardi", "Dmitri Volkov",
                               "Eva Lindqvist", "Farid Haddad", "Grace Okafor",    "Hiroshi Tanaka",
                               "Ines Moreau",   "Jan Kowalski"};
    for (int i = 0; i < names.size(); ++i) {
        const auto customer = world.customerWith(names.at(i), QString("+4930231250%1").arg(10 + i));
        world.arrives(
            model::Case{.code = QString("K73QF%1").arg(10 + i),
                        .type = i % 3 ? model::Case::Type::Complaint : model::Case::Type::ServiceRequest,
                        .customer = customer.id,
                        .subject = "leaking valve, repair " + QString::number(i + 1),
                        .assignee = world.anna,
                        .openedAt = world.clock.now() - dayMs,
                        .dueAt = world.clock.now() + (i - 2) * 5 * hourMs});
    }
}

bool drawPages(const QDir &folder)
{
    tests::World world;
    fill(world);
    ui::PeoplePage people(world.customers);
    people.resize(cardAt1366);
    people.show();
    people.open("an");
    QTest::qWait(50);
    ui::CasesPage cases(world.cases, world.clock, tests::berlin);
    cases.resize(cardAt1366);
    cases.refresh();
    return people.grab().save(folder.filePath("people.png")) &&
           cases.grab().save(folder.filePath("cases.png"));
}

/// What is to be decided, at Anna's desk: with something in it, after a decision, and empty.
bool drawAttention(const QDir &folder)
{
    tests::World world;
    model::AttentionDesk desk(world.desk, world.book, world.writer, world.anna);
    ui::AttentionPage page(desk, world.clock, tests::berlin);
    page.resize(cardAt1366);
    page.show();
    page.refresh();
    bool isSaved = page.grab().save(folder.filePath("attention-empty.png"));

    const auto ben = world.arrives(model::User{.name = "Ben Brandt", .login = "ben"}).id;
    const auto ana = world.arrives(
        model::Customer{.name = "Ana Costa",
                        .tier = "Silver",
                        .timeZone = "Europe/Lisbon",
                        .goodService = "Call back the same day\nWritten summary in Portuguese\nNo menus"});
    const auto quarrel = [&](const QString &field, const QString &kept, const QString &lost) {
        world.arrives("conflict", model::Conflict{.record = {"customer", ana.id.value},
                                                  .field = field,
                                                  .kept = kept,
                                                  .lost = lost,
                                                  .keptBy = world.anna,
                                                  .lostBy = ben,
                                                  .keptAt = tests::berlinAt(0, 13, 54),
                                                  .lostAt = tests::berlinAt(0, 13, 52),
                                                  .state = "open"});
    };
    quarrel("tier", "\"Silver\"", "\"Platinum\"");
    quarrel("time_zone", "\"Europe/Lisbon\"", "\"Europe/Madrid\"");
    quarrel("", "\"edited\"", "\"deleted\"");
    quarrel("good_service", "\"Call back the same day\\nWritten summary in Portuguese\\nNo menus\"",
            "\"Call back the same day\\nWritten summary in German\\nNo menus\\nNever before ten\"");
    page.refresh();
    page.setFocus();
    QTest::qWait(50);
    isSaved = page.grab().save(folder.filePath("attention.png")) && isSaved;
    QApplication::setActiveWindow(&page);
    QTest::qWait(50);
    world.clock.advance(ui::AttentionPage::calmMs);
    QTest::keyClick(page.focusWidget(), Qt::Key_K, Qt::AltModifier);
    QTest::qWait(50);
    return page.grab().save(folder.filePath("attention-decided.png")) && isSaved;
}

/// Whom to call back: nobody, and some of each kind, the longest names too.
bool drawCallBacks(const QDir &folder)
{
    tests::World world;
    world.arrives(model::User{.id = world.anna, .name = "Anna Albers"});
    const auto ben = world.arrives(model::User{.name = "Ben Brandt", .extension = "102"});
    model::CallBackDesk desk(world.book, world.writer, world.clock, world.anna);
    ui::CallBacksPage page(desk, world.clock, tests::berlin);
    page.resize(cardAt1366);
    page.setCanCall(true);
    page.show();
    const bool isSaved = page.grab().save(folder.filePath("call-backs-empty.png"));

    const auto missed = [&](const QString &e164, TimeMs ago, int calls, Id<model::Customer> customer = {},
                            Id<model::User> assignee = {}, int tries = 0) {
        const TimeMs at = world.clock.now() - ago;
        world.arrives(model::FollowUp{.customer = customer,
                                      .dueAt = at,
                                      .assignee = assignee,
                                      .at = at,
                                      .e164 = e164,
                                      .queue = "Repairs and complaints",
                                      .calls = calls,
                                      .lastCallAt = at,
                                      .tries = tries});
    };
    const auto ana = world.customerWith("Ana Costa", "+4917139200470").id;
    const auto long1 =
        world.customerWith("Maximiliane Theodora Freifrau von und zu Guttenberg-Hohenlohe", "+493023125147")
            .id;
    const auto arabic = world.customerWith("عبد الرحمن بن محمد", "+493023125148").id;
    missed("+4917139200470", 26 * hourMs, 3, ana, world.anna, 2);
    missed("+493023125147", 4 * hourMs, 1, long1, ben.id);
    missed("+493023125148", 3 * hourMs, 1, arabic);
    missed("+442079460123", 20 * minuteMs, 1);
    world.arrives(model::FollowUp{
        .customer = ana, .what = "tell her the date of the repair", .dueAt = world.clock.now() - hourMs});
    page.refresh();
    page.setFocus();
    QTest::qWait(50);
    return page.grab().save(folder.filePath("call-backs.png")) && isSaved;
}

/// A hosted telephone system that posts, some of it in vain.
bool drawLines(const QDir &folder)
{
    tests::FakeClock clock;
    ui::TelephonyPage page(clock, tests::berlin);
    page.resize(cardAt1366);
    page.show();
    const TimeMs at = clock.now() - minuteMs;
    page.show({{.source = "hosted",
                .kind = "webhook",
                .state = "live",
                .protection = "Posts come over TLS and are signed.",
                .phones = {{.extension = "101", .name = "Anna Albers", .user = "Anna Albers"},
                           {.extension = "102", .name = "Ben Brandt"}},
                .steps = {{at, "hosted-7", "rings at 101 (Anna Albers)"}},
                .requests = {{at, "newCall", "…47", "taken"},
                             {at + 1, "", "", "refused: the token in its address is not right"},
                             {at + 2, "dtmf", "…47", "ignored: nobody here needs to know"},
                             {at + 3, "hangup", "…47", "taken"}}}});
    QTest::qWait(50);
    return page.grab().save(folder.filePath("lines-webhook.png"));
}

/// A promise that is made, and one that is asked when.
bool drawPromises(const QString &file)
{
    tests::CardWorld made;
    made.world.arrives(model::User{.name = "Ben Brandt"});
    const auto ana = made.world.arrives(model::Customer{.name = "Ana Costa", .timeZone = "Europe/Lisbon"});
    made.world.arrives(
        model::ContactPoint{.customer = ana.id, .value = "+4917139200470", .e164 = "+4917139200470"});
    ui::CardPage page(made.desks());
    page.resize(cardAt1366);
    page.show();
    QApplication::setActiveWindow(&page);
    const auto call = made.world.ringing("+4917139200470");
    page.show(call, *made.world.callers.cardFor(call.party));
    page.focusNote();
    QTest::keyClicks(page.focusWidget(), "Call her back with the date of the repair by Monday 10:30");
    QTest::keyClick(page.focusWidget(), Qt::Key_P, Qt::AltModifier);
    QTest::keyClick(page.focusWidget(), Qt::Key_Return);
    QTest::keyClicks(page.focusWidget(), "Send the offer");
    QTest::keyClick(page.focusWidget(), Qt::Key_P, Qt::AltModifier);
    QTest::keyClicks(page.focusWidget(), "Tuesday 9");
    QTest::qWait(50);
    return page.grab().save(file);
}

/// Nobody's number, in the smallest window.
bool drawSmall(const QString &file)
{
    tests::CardWorld made;
    ui::CardPage page(made.desks());
    page.resize(910 - ui::size::rail, 490 - ui::size::topBar - ui::size::statusLine);
    page.show();
    const auto call = made.world.ringing("+493023125999");
    page.show(call, *made.world.callers.cardFor(call.party));
    QTest::qWait(50);
    return page.grab().save(file);
}

} // namespace

int main(int count, char **values)
{
    for (int i = 1; i < count; ++i) {
        if (QByteArray(values[i]).toDouble() > 0)
            qputenv("QT_SCALE_FACTOR", values[i]);
    }
    QApplication application(count, values);
    const QStringList words = QApplication::arguments().mid(1);
    if (words.isEmpty() || words.first().startsWith('-')) {
        QTextStream(stderr)
            << "usage: ringbook-look-card FOLDER [light|dark|contrast] [SCALE] [rtl] [NAME…]\n";
        return words.contains("--help") ? 0 : 2;
    }
    const ui::ThemeSwitch theme(application, choiceOf(words));
    if (words.contains("rtl"))
        QApplication::setLayoutDirection(Qt::RightToLeft);
    QDir().mkpath(words.first());
    bool isWanted = false;
    const auto all = tests::showcases();
    for (const auto &showcase : all)
        isWanted = isWanted || words.contains(showcase.name);
    for (const auto &showcase : all) {
        if (isWanted && !words.contains(showcase.name))
            continue;
        if (!draw(showcase, QDir(words.first()).filePath(showcase.name + ".png")))
            return 1;
    }
    const QDir folder(words.first());
    return isWanted || (drawPages(folder) && drawAttention(folder) && drawCallBacks(folder) &&
                        drawLines(folder) && drawErased(folder.filePath("erased.png")) &&
                        drawPromises(folder.filePath("promises.png")) &&
                        drawSmall(folder.filePath("stranger-small.png")))
               ? 0
               : 1;
}
