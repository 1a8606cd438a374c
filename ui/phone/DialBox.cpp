#include "ui/phone/DialBox.h"

#include "ui/card/RowList.h"
#include "ui/phone/DialModel.h"
#include "ui/theme/Paint.h"
#include "ui/widgets/Aloud.h"
#include "ui/widgets/Paragraph.h"
#include "ui/widgets/SectionHead.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace ringbook::ui {

namespace {

constexpr int boxWidth = 380;
constexpr int mostRows = 8;
constexpr std::chrono::minutes unaskedFor{1};

} // namespace

DialBox::DialBox(QWidget *window)
    : QWidget(window),
      m_title(new SectionHead({})),
      m_field(new QLineEdit),
      m_list(new RowList(RowDelegate::Shape::Entry)),
      m_hint(new Paragraph(TextRole::Body, Ink::Second)),
      m_model(new DialModel(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(size::blockGap, size::blockGap, size::blockGap, size::blockGap);
    column->setSpacing(size::groupGap);
    for (QWidget *part : {static_cast<QWidget *>(m_title), static_cast<QWidget *>(m_field),
                          static_cast<QWidget *>(m_list), static_cast<QWidget *>(m_hint)})
        column->addWidget(part);
    m_field->setPlaceholderText(tr("Name or number"));
    m_field->setMaxLength(40);
    m_field->installEventFilter(this);
    m_list->setModel(m_model);
    m_list->setPicksOnClick(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    hide();
    m_unasked.setSingleShot(true);
    m_unasked.setInterval(unaskedFor);
    connect(&m_unasked, &QTimer::timeout, this, &DialBox::close);
    connect(m_field, &QLineEdit::textChanged, this, &DialBox::filter);
    connect(m_list, &RowList::picked, this, &DialBox::pick);
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget *, QWidget *now) { leaveIfElsewhere(now); });
}

void DialBox::open(const Question &question, const QRect &below)
{
    const bool can = question.whyNot.isEmpty();
    m_below = below;
    m_unasked.stop();
    m_title->setText(question.title);
    setAccessibleName(question.title);
    m_field->setAccessibleName(question.title);
    m_list->setAccessibleName(question.title);
    m_field->setVisible(can);
    m_list->setVisible(can);
    m_hint->setText(can ? question.hint : question.whyNot);
    m_model->setChoices(question.choices);
    m_field->setText(question.begun);
    filter();
    show();
    raise();
    if (question.isUnasked) {
        m_before = window()->focusWidget(); // also while another program has the keyboard
        m_unasked.start();
        sayAloud(*this, question.title + QStringLiteral(". ") + m_hint->text());
    } else if (can) {
        takeCursor();
    } else {
        m_before = QApplication::focusWidget();
        setFocusPolicy(Qt::StrongFocus);
        setFocus(Qt::ShortcutFocusReason);
        sayAloud(*this, question.whyNot);
    }
}

void DialBox::takeCursor()
{
    m_unasked.stop();
    if (!isAncestorOf(QApplication::focusWidget()))
        m_before = QApplication::focusWidget();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void DialBox::close()
{
    if (isHidden())
        return;
    m_unasked.stop();
    const bool hadCursor = isAncestorOf(QApplication::focusWidget()) || hasFocus();
    hide();
    if (hadCursor && m_before)
        m_before->setFocus(Qt::OtherFocusReason);
}

void DialBox::filter()
{
    m_model->filter(m_field->text());
    m_list->fitRows(mostRows);
    if (m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(0, 0));
    place();
}

/// Below the call bar, inside the window, and no higher than that.
void DialBox::place()
{
    const QRect room = parentWidget()->rect().adjusted(0, m_below.bottom() + size::unit, 0, 0);
    const int width = std::min(boxWidth, room.width());
    layout()->activate();
    const int wanted = layout()->hasHeightForWidth() ? layout()->heightForWidth(width) : sizeHint().height();
    const int x = layoutDirection() == Qt::LeftToRight ? m_below.left() : m_below.right() + 1 - width;
    setGeometry(std::clamp(x, 0, std::max(0, room.width() - width)), room.top(), width,
                std::min(wanted, room.height()));
}

void DialBox::pick(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    const model::Dialable choice = m_model->choice(row);
    close();
    Q_EMIT picked(choice);
}

void DialBox::walk(int by)
{
    if (m_model->rowCount() == 0)
        return;
    const int row = std::clamp(m_list->currentRow() + by, 0, m_model->rowCount() - 1);
    m_list->setCurrentIndex(m_model->index(row, 0));
}

void DialBox::leaveIfElsewhere(const QWidget *focus)
{
    if (!focus || isHidden() || (isUnasked() && focus == m_before))
        return;
    if (focus != this && !isAncestorOf(focus))
        hide();
    m_unasked.stop();
}

bool DialBox::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down: walk(1); return true;
    case Qt::Key_Up: walk(-1); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: pick(m_list->currentRow()); return true;
    default: return false;
    }
}

void DialBox::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

void DialBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    drawBox(painter, rect(), {.ground = theme.panel, .edge = theme.accent, .edgeWidth = theme.lineWidth});
}

} // namespace ringbook::ui
