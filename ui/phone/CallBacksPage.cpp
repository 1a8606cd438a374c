#include "ui/phone/CallBacksPage.h"

#include "ui/card/Column.h"
#include "ui/card/Fields.h"
#include "ui/card/RowList.h"
#include "ui/phone/RowsModel.h"
#include "ui/text/Numbers.h"
#include "ui/text/Wording.h"
#include "ui/widgets/Aloud.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/KeyHint.h"

#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace ringbook::ui {

using model::CallBackLine;

namespace {

QString whyWaiting(const model::FollowUp &followUp)
{
    QStringList parts;
    if (!followUp.what.isEmpty())
        parts += isolated(followUp.what);
    if (followUp.calls == 1)
        parts += CallBacksPage::tr("Nobody took the call");
    else if (followUp.calls > 1)
        parts += CallBacksPage::tr("Called %n times in vain", nullptr, followUp.calls);
    if (!followUp.queue.isEmpty())
        parts += phoneForPeople(followUp.queue);
    if (followUp.tries > 0)
        parts += CallBacksPage::tr("we tried %n times", nullptr, followUp.tries);
    return parts.join(QStringLiteral(" · "));
}

} // namespace

Row callBackRow(const CallBackLine &line, const Reading &reading)
{
    const QString number = line.number.isEmpty() ? QString() : phoneForPeople(line.number);
    Row row{.icon = line.followUp.calls > 0 ? Icon::PhoneMissed : Icon::FollowUp,
            .title = line.customerName.isEmpty() ? number : isolated(line.customerName),
            .text = whyWaiting(line.followUp),
            .right = when(line.followUp.calls > 0 ? line.followUp.lastCallAt : line.followUp.dueAt, reading),
            .rightBelow = line.customerName.isEmpty() ? QString() : number};
    if (line.isMine) {
        row.badge = CallBacksPage::tr("You do it");
        row.badgeTone = Tone::Accent;
    } else if (!line.assigneeName.isEmpty()) {
        row.badge = CallBacksPage::tr("%1 does it").arg(isolated(line.assigneeName));
    }
    return row;
}

CallBacksPage::CallBacksPage(model::CallBackDesk &desk, const Clock &clock, QTimeZone zone, QWidget *parent)
    : QWidget(parent),
      m_desk(desk),
      m_clock(clock),
      m_zone(std::move(zone)),
      m_summary(new ElidedLabel(TextRole::Body, Ink::Second)),
      m_model(new RowsModel(this)),
      m_list(new RowList(RowDelegate::Shape::Entry)),
      m_call(new Button(tr("Call …"), Button::Kind::Primary)),
      m_take(new Button(tr("I do it"), Button::Kind::Secondary)),
      m_done(new Button(tr("Done"), Button::Kind::Secondary)),
      m_undo(new Button(tr("Undo"), Button::Kind::Link))
{
    buildUi();
    connectUp();
    offerKeys();
}

void CallBacksPage::buildUi()
{
    auto *foot = new QHBoxLayout;
    for (Button *button : {m_call, m_take, m_done})
        foot->addWidget(button);
    foot->addStretch();
    foot->addWidget(m_undo);
    foot->setContentsMargins(size::columnPadding, 0, size::columnPadding, size::columnPadding);
    auto *content = new QWidget;
    content->setMaximumWidth(size::listPage);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins({});
    column->addWidget(listColumn(tr("To call back"), m_summary, m_list), 1);
    column->addLayout(foot);
    auto *page = new QHBoxLayout(this);
    page->setContentsMargins({});
    page->addWidget(content, size::listPage);
    page->addStretch(1);

    m_list->setModel(m_model);
    m_list->setAccessibleName(tr("To call back"));
    m_list->setEmptyText(tr("Nobody waits for a call back."));
    makeNews(*m_summary);
    setFocusProxy(m_list);
}

void CallBacksPage::connectUp()
{
    m_timer.setInterval(oldNewsMs);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (isVisible())
            readList();
    });
    m_timer.start();
    connect(m_list, &RowList::picked, this, &CallBacksPage::openCard);
    connect(m_list, &QAbstractItemView::doubleClicked, this, &CallBacksPage::openCard);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &CallBacksPage::offerKeys);
    const auto connectKey = [this](Button *button, const char *key, void (CallBacksPage::*act)()) {
        connect(button, &Button::clicked, this, act);
        addKey(this, altKey(QLatin1String(key)), *button);
    };
    connectKey(m_call, "L", &CallBacksPage::call);
    connectKey(m_take, "T", &CallBacksPage::take);
    connectKey(m_done, "D", &CallBacksPage::finish);
    connectKey(m_undo, "Z", &CallBacksPage::undo);
}

void CallBacksPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void CallBacksPage::setCanCall(bool can)
{
    m_canCall = can;
    offerKeys();
}

void CallBacksPage::refresh()
{
    if (const auto count = m_desk.openCount())
        Q_EMIT countChanged(*count);
    if (isVisible())
        readList();
}

void CallBacksPage::readList()
{
    const auto lines = m_desk.open(most);
    if (!lines)
        return say(sentence(Doing::LookingUp, lines.error().fault), true);
    const int row = m_list->currentRow();
    const auto id = row >= 0 && row < m_lines.size() ? m_lines.at(row).followUp.id : Id<model::FollowUp>{};
    m_lines = *lines;
    QVector<Row> rows;
    for (const CallBackLine &line : std::as_const(m_lines))
        rows.append(callBackRow(line, {m_clock.now(), m_zone}));
    m_model->show(rows);
    const auto same =
        std::ranges::find_if(m_lines, [id](const auto &line) { return line.followUp.id == id; });
    const int at = same == m_lines.end() ? std::clamp(row, 0, std::max<int>(0, int(m_lines.size()) - 1))
                                         : int(same - m_lines.begin());
    m_list->setCurrentIndex(m_model->index(at, 0));
    if (!m_finished)
        say(howMany(), false);
    offerKeys();
}

QString CallBacksPage::howMany() const
{
    const int shown = int(m_lines.size());
    const auto all = m_desk.openCount();
    if (shown == 0)
        return {};
    return all && *all > shown ? tr("%1 of %2 waiting, longest first").arg(shown).arg(*all)
                               : tr("%n waiting, longest first", nullptr, shown);
}

const CallBackLine *CallBacksPage::current() const
{
    const int row = m_list->currentRow();
    return row >= 0 && row < m_lines.size() ? &m_lines.at(row) : nullptr;
}

void CallBacksPage::offerKeys()
{
    const CallBackLine *line = current();
    m_call->setVisible(m_canCall && line && !line->number.isEmpty());
    m_take->setVisible(line);
    m_take->setText(line && line->isMine ? tr("Somebody else") : tr("I do it"));
    m_done->setVisible(line);
    m_undo->setVisible(m_finished.has_value());
}

void CallBacksPage::openCard()
{
    const CallBackLine *line = current();
    if (line && line->followUp.customer)
        Q_EMIT customerWanted(line->followUp.customer);
    else if (line && m_canCall)
        Q_EMIT callWanted(line->number);
}

void CallBacksPage::call()
{
    if (const CallBackLine *line = current())
        Q_EMIT callWanted(line->number);
}

void CallBacksPage::take()
{
    const CallBackLine *line = current();
    if (!line)
        return;
    const auto id = line->followUp.id;
    const Status done = line->isMine ? m_desk.giveBack(id) : m_desk.take(id);
    m_finished.reset();
    refresh();
    if (!done)
        say(sentence(Doing::Saving, done.error().fault), true);
}

void CallBacksPage::finish()
{
    const CallBackLine *line = current();
    if (!line)
        return;
    const auto id = line->followUp.id;
    const QString whom =
        line->customerName.isEmpty() ? phoneForPeople(line->number) : isolated(line->customerName);
    if (const Status done = m_desk.finish(id); !done)
        return say(sentence(Doing::Saving, done.error().fault), true);
    m_finished = id;
    refresh();
    say(tr("%1: called back").arg(whom), false);
}

void CallBacksPage::undo()
{
    if (!m_finished)
        return;
    if (const Status done = m_desk.reopen(*m_finished); !done)
        return say(sentence(Doing::Saving, done.error().fault), true);
    m_finished.reset();
    refresh();
}

void CallBacksPage::say(const QString &sentence, bool isBad)
{
    m_summary->setInk(isBad ? Ink::Bad : Ink::Second);
    m_summary->setText(sentence);
    if (isBad || m_finished)
        sayAloud(*m_summary, sentence);
}

} // namespace ringbook::ui
