#include "ui/widgets/KeyHint.h"

#include "ui/theme/Paint.h"

namespace ringbook::ui {

QString keyText(const QKeySequence &keys)
{
    return keys.toString(QKeySequence::NativeText).replace(QStringLiteral("Return"), KeyHint::tr("Enter"));
}

KeyHint::KeyHint(const QKeySequence &keys, QWidget *parent) : Painted(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setText(keyText(keys));
}

QSize KeyHint::sizeHint() const
{
    return keyHintSize(type(), text()).toSize();
}

void KeyHint::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawKeyHint(painter, rect(), type(), theme().ink3, theme().line, text());
}

} // namespace ringbook::ui
