#include "ui/card/PromiseEntry.h"

#include "model/domain/DueTime.h"
#include "ui/card/CallWork.h"
#include "ui/card/Fields.h"
#include "ui/text/Numbers.h"
#include "ui/widgets/Aloud.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/KeyHint.h"
#include "ui/widgets/Paragraph.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>

#include <algorithm>

namespace ringbook::ui {

using model::Promise;

namespace {

constexpr int longestMoment = 60;

} // namespace

PromiseEntry::PromiseEntry(QWidget *parent)
    : QWidget(parent),
      m_what(new QLineEdit),
      m_when(new QLineEdit),
      m_by(new CalmComboBox),
      m_understood(new Paragraph(TextRole::Body, Ink::Second)),
      m_add(new Button(tr("Promise it"), Button::Kind::Secondary))
{
    buildUi();
    connect(m_when, &QLineEdit::textEdited, this, &PromiseEntry::sayWhen);
    connect(m_add, &Button::clicked, this, &PromiseEntry::takeFields);
    setColleagues({});
    closeFields();
    showList();
}

void PromiseEntry::buildUi()
{
    m_what->setMaxLength(maxSubjectLength);
    m_when->setMaxLength(longestMoment);
    m_when->setPlaceholderText(tr("tomorrow 15:00, Fri, in 2h"));
    m_what->installEventFilter(this);
    m_when->installEventFilter(this);
    m_add->setKeyHint(keyText(Qt::Key_Return));
    makeNews(*m_understood);
    m_fields = new QWidget;
    auto *column = new QVBoxLayout(m_fields);
    column->setContentsMargins({});
    column->setSpacing(size::groupGap);
    column->addWidget(fieldBlock(tr("What is promised"), m_what));
    auto *line = new QHBoxLayout;
    line->setSpacing(size::groupGap);
    line->addWidget(fieldBlock(tr("By when"), m_when), 1);
    line->addWidget(fieldBlock(tr("Who does it"), m_by), 1);
    column->addLayout(line);
    column->addWidget(m_understood);
    column->addWidget(m_add, 0, Qt::AlignTrailing);

    auto *all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(size::groupGap);
    m_list = new QVBoxLayout;
    m_list->setSpacing(size::unit);
    all->addLayout(m_list);
    all->addWidget(m_fields);
}

void PromiseEntry::setColleagues(const QVector<model::User> &colleagues)
{
    m_colleagues = colleagues;
    std::ranges::sort(m_colleagues, {}, [](const model::User &user) { return user.name.toCaseFolded(); });
    m_by->clear();
    m_by->addItem(tr("I do"), qint64(0));
    for (const model::User &user : std::as_const(m_colleagues))
        m_by->addItem(user.name, user.id.value); // no marks before it: names are looked for by typing
}

void PromiseEntry::show(const QVector<Promise> &promises, const Reading &reading, const QString &zoneThere)
{
    m_promises = promises;
    m_reading = reading;
    m_zoneThere = zoneThere;
    closeFields();
    showList();
}

void PromiseEntry::setCustomerZone(const QString &zoneThere)
{
    if (zoneThere == m_zoneThere)
        return;
    m_zoneThere = zoneThere;
    showList();
}

void PromiseEntry::promise(const QString &line, TimeMs now)
{
    m_reading.now = now;
    const model::DueLine parts = model::dueLineFrom(line, now, m_reading.zone);
    const QString what = parts.what.left(maxSubjectLength);
    if (parts.dueAt && !what.isEmpty())
        return add({.what = what, .dueAt = *parts.dueAt});
    m_what->setText(what);
    m_when->clear();
    m_by->setCurrentIndex(0);
    sayWhen();
    m_fields->show();
    showList();
    (what.isEmpty() ? m_what : m_when)->setFocus(Qt::ShortcutFocusReason);
}

/// Said again, it is the same promise at another time.
void PromiseEntry::add(const Promise &wanted)
{
    Promise promise = wanted;
    promise.zone = QString::fromUtf8(m_reading.zone.id());
    const auto same = std::ranges::find(m_promises, promise.what, &Promise::what);
    if (same != m_promises.end())
        *same = promise;
    else if (m_promises.size() < model::mostPromises)
        m_promises.append(promise);
    closeFields();
    showList();
    sayAloud(*this, words(promise));
    Q_EMIT edited();
    Q_EMIT left();
}

void PromiseEntry::takeFields()
{
    const QString what = m_what->text().simplified();
    const auto due = model::dueTimeFrom(m_when->text(), m_reading.now, m_reading.zone);
    if (what.isEmpty())
        return m_what->setFocus(Qt::OtherFocusReason);
    if (due)
        return add({.what = what, .dueAt = *due, .by = {m_by->currentData().toLongLong()}});
    m_understood->setInk(Ink::Bad);
    m_understood->setText(tr("By when? Such as tomorrow 15:00, Fri 10 or in 2h."));
    m_when->setFocus(Qt::OtherFocusReason);
}

void PromiseEntry::closeFields()
{
    m_fields->hide();
    m_what->clear();
    m_when->clear();
    sayWhen();
}

/// How it is read, while it is typed, on both clocks.
void PromiseEntry::sayWhen()
{
    const auto due = model::dueTimeFrom(m_when->text(), m_reading.now, m_reading.zone);
    m_understood->setInk(Ink::Second);
    m_understood->setText(due ? words({.dueAt = *due}) : QString());
}

QString PromiseEntry::words(const Promise &promise) const
{
    QStringList parts;
    if (!promise.what.isEmpty())
        parts += isolated(promise.what);
    const qint64 days = daysFromToday(promise.dueAt, m_reading);
    const int weekday = QDateTime::fromMSecsSinceEpoch(promise.dueAt, m_reading.zone).date().dayOfWeek();
    parts += (days > 1 ? locale().dayName(weekday, QLocale::ShortFormat) + u' ' : QString()) +
             when(promise.dueAt, m_reading);
    const QTimeZone there(m_zoneThere.toUtf8());
    const bool isElsewhere =
        there.isValid() && there.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(promise.dueAt)) !=
                               m_reading.zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(promise.dueAt));
    if (isElsewhere)
        parts += tr("there %1").arg(timeThere(promise.dueAt, m_zoneThere));
    if (promise.by)
        parts += nameOf(promise.by);
    return parts.join(QStringLiteral(" · "));
}

QString PromiseEntry::nameOf(Id<model::User> user) const
{
    const auto found = std::ranges::find(m_colleagues, user, &model::User::id);
    return found == m_colleagues.end() ? tr("a colleague") : isolated(found->name);
}

void PromiseEntry::showList()
{
    while (QLayoutItem *item = m_list->takeAt(0)) {
        item->widget()->hide(); // it may be its own button that is pressed
        item->widget()->deleteLater();
        delete item;
    }
    for (qsizetype i = 0; i < m_promises.size(); ++i) {
        auto *row = new QWidget;
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins({});
        auto *text = new Paragraph(TextRole::Body, Ink::First);
        text->setText(tr("Promise: %1").arg(words(m_promises[i])));
        auto *takeBack = new Button(tr("Take back"), Button::Kind::Link);
        takeBack->setAccessibleDescription(words(m_promises[i]));
        connect(takeBack, &Button::clicked, this, [this, i] {
            m_promises.removeAt(i);
            showList();
            Q_EMIT edited();
            Q_EMIT left();
        });
        line->addWidget(text, 1);
        line->addWidget(takeBack, 0, Qt::AlignTop);
        m_list->addWidget(row);
        row->show(); // at once, not by and by
    }
    setVisible(!m_promises.isEmpty() || !m_fields->isHidden());
}

bool PromiseEntry::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto &key = static_cast<const QKeyEvent &>(*event);
    const bool isEnter = key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
    if (isEnter && key.modifiers().testFlag(Qt::ControlModifier))
        return false; // saves the call
    if (isEnter) {
        takeFields();
        return true;
    }
    if (key.key() == Qt::Key_Escape) {
        closeFields();
        showList();
        Q_EMIT left();
        return true;
    }
    return false;
}

} // namespace ringbook::ui
