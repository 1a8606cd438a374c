#pragma once

#include <QComboBox>
#include <QKeySequence>

#include <functional>

class QLabel;
class QShortcut;

namespace ringbook::ui {

class Button;

// Small things every form here needs.

/// A caption that belongs to a field: for the eye above it, for assistants its name.
QLabel *captionFor(QWidget *field, const QString &text);

/// Caption and field as one block, with the keys that change it. Its place is kept while it is hidden.
QWidget *fieldBlock(const QString &caption, QWidget *field, const QKeySequence &keys = {});

/// Alt and the key that has this name, "1" or "C".
QKeySequence altKey(const QString &key);

/// The key acts at once while `place` is visible and its window active, wherever the cursor is; held down,
/// again and again.
QShortcut *addKey(QWidget *place, const QKeySequence &keys, const std::function<void()> &act);

/// The same for a button that is there, once each time the key goes down; the button shows the key.
void addKey(QWidget *place, const QKeySequence &keys, Button &button);

/// A widget that is invisible keeps its place.
void keepPlace(QWidget *widget);

/// A list to choose from that a turn of the wheel over it does not change.
class CalmComboBox : public QComboBox
{
    Q_OBJECT

public:
    explicit CalmComboBox(QWidget *parent = nullptr);

protected:
    void wheelEvent(QWheelEvent *event) override;
};

} // namespace ringbook::ui
