#include "ui/shell/SearchField.h"

#include "ui/theme/Paint.h"
#include "ui/theme/Style.h"
#include "ui/widgets/KeyHint.h"

#include <QKeyEvent>
#include <QShortcut>

namespace ringbook::ui {

namespace {

constexpr int longestSearch = 120;
constexpr int hintRoom = 14 * size::unit;

QKeySequence searchKeys()
{
    return {Qt::CTRL | Qt::Key_K};
}

} // namespace

SearchField::SearchField(QWidget *parent) : QLineEdit(parent)
{
    setAccessibleName(tr("Search"));
    setAccessibleDescription(keyText(searchKeys()));
    setMaxLength(longestSearch);
    setMaximumWidth(size::searchField);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto *shortcut = new QShortcut(searchKeys(), this);
    shortcut->setContext(Qt::WindowShortcut);
    connect(shortcut, &QShortcut::activated, this, &SearchField::takeCursor);
    connect(this, &QLineEdit::textEdited, this, &SearchField::typed);
}

/// A narrow field says in one word what it is; its key is found elsewhere.
void SearchField::resizeEvent(QResizeEvent *event)
{
    QLineEdit::resizeEvent(event);
    const QString words = tr("Name, number or case");
    m_isRoomy = width() >= fontMetrics().horizontalAdvance(words) + hintRoom + 4 * size::unit;
    setPlaceholderText(m_isRoomy ? words : tr("Search"));
    const int room = m_isRoomy ? hintRoom : 0;
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    setTextMargins(isMirrored ? room : 0, 0, isMirrored ? 0 : room, 0);
}

void SearchField::takeCursor()
{
    setFocus(Qt::ShortcutFocusReason);
    selectAll();
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        clear();
        Q_EMIT left();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void SearchField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    if (!m_isRoomy)
        return;
    const Theme &theme = themeOf(this);
    const Type &type = typeOf(this);
    const QString keys = keyText(searchKeys());
    QPainter painter(this);
    const QSizeF hint = keyHintSize(type, keys);
    const qreal inset = 2 * size::unit;
    const qreal x = layoutDirection() == Qt::LeftToRight ? width() - inset - hint.width() : inset;
    drawKeyHint(painter, QRectF(QPointF(x, (height() - hint.height()) / 2), hint), type, theme.ink3,
                theme.line, keys);
}

} // namespace ringbook::ui
