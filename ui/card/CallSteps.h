#pragma once

#include <QWidget>

namespace ringbook::ui {

class Button;
class ElidedLabel;
class SectionHead;

/// The line above the call's form: what it is about, its place among the calls that are begun, and the way to
/// the others. Does not step by itself.
class CallSteps : public QWidget
{
    Q_OBJECT

public:
    explicit CallSteps(QWidget *parent = nullptr);

    void setTitle(const QString &title);
    /// Hides the way, and keeps its room, where there is one call or none.
    void showPlace(int index, int count);

Q_SIGNALS:
    void stepWanted(int by);

private:
    SectionHead *m_title;
    Button *m_previous;
    ElidedLabel *m_place;
    Button *m_next;
};

} // namespace ringbook::ui
