#include "ui/card/Fields.h"

#include "ui/widgets/Button.h"
#include "ui/widgets/KeyHint.h"

#include <QLabel>
#include <QShortcut>
#include <QVBoxLayout>
#include <QWheelEvent>

namespace ringbook::ui {

namespace {

constexpr int captionGap = 2;

} // namespace

QLabel *captionFor(QWidget *field, const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setBuddy(field);
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(text);
    return label;
}

QWidget *fieldBlock(const QString &caption, QWidget *field, const QKeySequence &keys)
{
    auto *block = new QWidget;
    auto *column = new QVBoxLayout(block);
    column->setContentsMargins({});
    column->setSpacing(captionGap);
    auto *head = new QHBoxLayout;
    head->addWidget(captionFor(field, caption), 1);
    if (!keys.isEmpty())
        head->addWidget(new KeyHint(keys));
    column->addLayout(head);
    column->addWidget(field);
    keepPlace(block);
    return block;
}

QKeySequence altKey(const QString &key)
{
    return QKeySequence(QStringLiteral("Alt+") + key, QKeySequence::PortableText);
}

QShortcut *addKey(QWidget *place, const QKeySequence &keys, const std::function<void()> &act)
{
    auto *shortcut = new QShortcut(keys, place);
    QObject::connect(shortcut, &QShortcut::activated, place, act);
    return shortcut;
}

void addKey(QWidget *place, const QKeySequence &keys, Button &button)
{
    button.setKeyHint(keyText(keys));
    addKey(place, keys, [&button] {
        if (button.isVisible()) // Qt would press it all the same
            button.click();
    })->setAutoRepeat(false);
}

void keepPlace(QWidget *widget)
{
    QSizePolicy policy = widget->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    widget->setSizePolicy(policy);
}

CalmComboBox::CalmComboBox(QWidget *parent) : QComboBox(parent)
{
    setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(1);
}

void CalmComboBox::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

} // namespace ringbook::ui
