// Renders the frame of the desk into pictures, to be looked at:
//   ringbook-look-frame FOLDER [light|dark|contrast] [rtl]
// The scale comes from QT_SCALE_FACTOR, the platform from QT_QPA_PLATFORM.

#include "tests/ui/SampleCalls.h"
#include "ui/phone/DialBox.h"
#include "ui/shell/CallBar.h"
#include "ui/shell/PopPaint.h"
#include "ui/shell/PopWindow.h"
#include "ui/shell/Shell.h"
#include "ui/shell/SignInPage.h"
#include "ui/shell/StatusLine.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Chip.h"
#include "ui/widgets/FactRow.h"
#include "ui/widgets/Paragraph.h"
#include "ui/widgets/SectionHead.h"

#include <QApplication>
#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <cstdio>

using namespace ringbook;
using namespace ringbook::ui;

namespace {

struct StoppedClock final : Clock
{
    TimeMs now() const override { return at; }
    qint64 monotonicNs() const override { return 0; }
    TimeMs at = QDateTime(QDate(2026, 11, 21), QTime(14, 7, 31)).toMSecsSinceEpoch();
};

struct Looker
{
    QDir folder;
    QString suffix;

    void keep(QWidget &widget, const QString &name) const
    {
        const QString file = folder.filePath(name + suffix + QStringLiteral(".png"));
        if (!widget.grab().save(file))
            std::fprintf(stderr, "cannot write %s\n", qPrintable(file));
    }
};

QWidget *factsColumn()
{
    auto *panel = new Panel(Qt::RightEdge);
    panel->setFixedWidth(size::profileColumn);
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(size::columnPadding, size::columnPadding, size::columnPadding,
                               size::columnPadding);
    column->setSpacing(size::groupGap);
    auto *name = new ElidedLabel(TextRole::Title);
    name->setText("Ana Costa");
    column->addWidget(name);
    auto *role = new ElidedLabel(TextRole::Body, Ink::Second);
    role->setText("Facility manager, Brandt Klima GmbH");
    column->addWidget(role);
    auto *chips = new QHBoxLayout;
    chips->addWidget(new Chip("Exact number", Tone::Neutral));
    chips->addWidget(new Chip("Gold", Tone::Accent));
    chips->addWidget(new Chip("Due 16:30", Tone::Warn));
    chips->addWidget(new Chip("Overdue", Tone::Bad));
    chips->addStretch();
    column->addLayout(chips);
    auto *alert = new Box(Box::Kind::Filled, Tone::Bad);
    auto *alertColumn = new QVBoxLayout(alert);
    auto *alertText = new Paragraph(TextRole::Body, Ink::Bad);
    alertText->setText("Do not promise delivery dates before the 28th, whatever the system says");
    alertColumn->addWidget(alertText);
    column->addWidget(alert);
    column->addWidget(new SectionHead("Reach"));
    for (const auto &[caption, value] :
         {std::pair("Mobile", "+49 171 39200 47"), std::pair("Work", "+49 30 23125 147"),
          std::pair("Mail", "a.very.long.address.of.ana.costa@example.com")}) {
        auto *row = new FactRow;
        row->setFact(caption, value);
        column->addWidget(row);
    }
    column->addStretch();
    return panel;
}

QWidget *iconSheet()
{
    auto *sheet = new QWidget;
    auto *grid = new QGridLayout(sheet);
    for (int icon = 0; icon <= static_cast<int>(Icon::Lock); ++icon) {
        auto *place = new QLabel;
        place->setPixmap(
            iconPixmap(static_cast<Icon>(icon), themeOf(sheet).ink2, size::icon, qApp->devicePixelRatio()));
        grid->addWidget(place, icon / 16, icon % 16);
    }
    return sheet;
}

QWidget *middleColumn()
{
    auto *middle = new QWidget;
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(size::columnPadding, size::columnPadding, size::columnPadding,
                               size::columnPadding);
    column->setSpacing(size::blockGap);
    auto *why = new Box(Box::Kind::Bar, Tone::Accent);
    auto *whyColumn = new QVBoxLayout(why);
    whyColumn->addWidget(new SectionHead("Probably about"));
    auto *text = new Paragraph;
    text->setText("Promise: call back with a repair date, due yesterday 16:00, by Ben Brandt");
    whyColumn->addWidget(text);
    column->addWidget(why);
    auto *filters = new QHBoxLayout;
    filters->setSpacing(size::groupGap);
    for (const auto *name : {"All", "Calls", "Cases", "Mail", "Visits"}) {
        auto *filter = new Button(name, Button::Kind::Filter);
        filter->setChecked(qstrcmp(name, "All") == 0);
        filters->addWidget(filter);
    }
    filters->addStretch();
    filters->addWidget(new Button("Link this caller", Button::Kind::Link));
    column->addLayout(filters);
    auto *list = new QListWidget;
    for (int row = 0; row < 60; ++row)
        list->addItem(QStringLiteral("Row %1").arg(row));
    list->setCurrentRow(1);
    column->addWidget(list, 1);
    column->addWidget(iconSheet());
    return middle;
}

QWidget *callColumn()
{
    auto *panel = new Panel(Qt::LeftEdge);
    panel->setFixedWidth(size::callColumn);
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(size::columnPadding, size::columnPadding, size::columnPadding,
                               size::columnPadding);
    column->setSpacing(size::groupGap);
    column->addWidget(new SectionHead("This call"));
    auto *note = new QPlainTextEdit("Valve still leaking, floor wet again. Wants the date today.");
    note->setFixedHeight(128);
    column->addWidget(note);
    auto *grid = new QGridLayout;
    grid->setSpacing(size::groupGap);
    int at = 0;
    for (const auto &[text, key] : {std::pair("Complaint", Qt::Key_C), std::pair("Service", Qt::Key_S),
                                    std::pair("Return", Qt::Key_R), std::pair("Information", Qt::Key_I)}) {
        auto *choice = new Button(text, Button::Kind::Choice);
        choice->setKeys(QKeySequence(Qt::ALT | key));
        choice->setSpread(true);
        choice->setChecked(at == 0);
        grid->addWidget(choice, at / 2, at % 2);
        ++at;
    }
    column->addLayout(grid);
    auto *combo = new QComboBox;
    combo->addItem("K7-3QF-9X leaking valve, second repair");
    column->addWidget(combo);
    auto *line = new QLineEdit("Replacement and refund of the visit");
    column->addWidget(line);
    column->addStretch();
    auto *save = new Button("Save and next", Button::Kind::Primary);
    save->setKeys(QKeySequence(Qt::CTRL | Qt::Key_Return));
    column->addWidget(save, 0, Qt::AlignTrailing);
    auto *off = new Button("Not possible now", Button::Kind::Secondary);
    off->setEnabled(false);
    column->addWidget(off, 0, Qt::AlignTrailing);
    return panel;
}

QWidget *samplePage()
{
    auto *page = new QWidget;
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(factsColumn());
    row->addWidget(middleColumn(), 1);
    row->addWidget(callColumn());
    return page;
}

void lookAtShell(const Looker &looker, const StoppedClock &clock, ThemeSwitch &themes)
{
    Shell shell(clock, themes);
    shell.setPage(Shell::Page::Call, samplePage());
    shell.setPage(Shell::Page::People, new QWidget);
    shell.setPage(Shell::Page::Cases, new QWidget);
    shell.setUser("Anna Albers", {});
    shell.statusLine().setFigures({.ringToPaintUs = 4100, .book = "main", .customers = 204118});
    shell.statusLine().setStatus({.link = ConnectionStatus::Link::Live});
    shell.resize(1366, 768);
    looker.keep(shell, "shell-free");

    shell.callBar().setCanDial(true);
    DialBox box(&shell);
    const QRect below(shell.callBar().mapTo(&shell, QPoint()), shell.callBar().size());
    const QVector<model::Dialable> people{{"Mariana Costa", "+4917139200470", "Mobile"},
                                          {"Mariana Costa", "+493023125147", "Work"},
                                          {"Ben Brandt", "102", {}},
                                          {"Cleo Chen", "103", {}}};
    box.open({.title = "Call",
              .choices = people,
              .hint = "Enter has your phone ring; lift it, and it dials. Escape closes this."},
             below);
    looker.keep(shell, "shell-dial");
    box.open({.title = "Call", .whyNot = "Dialling from desks is not set up here."}, below);
    looker.keep(shell, "shell-dial-not");
    box.close();

    Sample sample = knownCaller(clock.at);
    sample.call.state = model::AgentCall::State::Connected;
    sample.call.answeredAt = clock.at - 222 * secondMs;
    sample.call.can = {.hangUp = true, .hold = true, .transfer = true};
    shell.callBar().setCall(sample.call);
    shell.statusLine().setStatus({.link = ConnectionStatus::Link::Offline,
                                  .offlineSince = clock.at - 27 * minuteMs,
                                  .waiting = 3,
                                  .refused = 1});
    looker.keep(shell, "shell-talking");

    auto *signIn = new SignInPage;
    shell.setSignIn(signIn);
    signIn->setEntry({.hub = "ringbook.example.com", .login = "anna", .password = "wrong", .phone = "105"});
    shell.showSignIn();
    looker.keep(shell, "sign-in");
    signIn->showFault(Fault::Denied);
    looker.keep(shell, "sign-in-denied");
    signIn->showFault(Fault::Invalid);
    looker.keep(shell, "sign-in-no-such-phone");
}

void lookAtPops(const Looker &looker, const StoppedClock &clock)
{
    for (const Sample &sample : allSamples(clock.at)) {
        PopWindow pop(clock);
        pop.offer(sample.call, sample.card);
        looker.keep(pop, "pop-" + sample.name);
    }
    for (const auto &[name, state, result] :
         {std::tuple("talking", model::AgentCall::State::Connected, model::AgentCall::Result::None),
          std::tuple("hold", model::AgentCall::State::OnHold, model::AgentCall::Result::None),
          std::tuple("taken", model::AgentCall::State::Over, model::AgentCall::Result::AnsweredElsewhere),
          std::tuple("missed", model::AgentCall::State::Over, model::AgentCall::Result::CallerHangup)}) {
        PopWindow pop(clock);
        Sample sample = knownCaller(clock.at);
        pop.offer(sample.call, sample.card);
        sample.call.revision = 2;
        sample.call.state = state;
        sample.call.result = result;
        sample.call.answeredBy = "Ben Brandt";
        if (state != model::AgentCall::State::Over)
            sample.call.answeredAt = clock.at - 222 * secondMs;
        pop.follow(sample.call);
        looker.keep(pop, QStringLiteral("strip-") + QLatin1String(name));
    }
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2 || arguments[1].startsWith('-')) {
        std::fprintf(stderr, "usage: ringbook-look-frame FOLDER [light|dark|contrast] [rtl]\n");
        return arguments.contains("--help") ? 0 : 2;
    }
    const QString theme = arguments.value(2, "light");
    ThemeSwitch themes(application, theme == QLatin1String("dark")       ? ThemeChoice::Dark
                                    : theme == QLatin1String("contrast") ? ThemeChoice::HighContrast
                                                                         : ThemeChoice::Light);
    if (arguments.contains("rtl"))
        QApplication::setLayoutDirection(Qt::RightToLeft);
    QDir().mkpath(arguments[1]);
    const Looker looker{QDir(arguments[1]),
                        '-' + theme + (arguments.contains("rtl") ? "-rtl" : "") + '-' +
                            QString::number(qRound(application.devicePixelRatio() * 100))};
    const StoppedClock clock;
    lookAtShell(looker, clock, themes);
    lookAtPops(looker, clock);
    return 0;
}
