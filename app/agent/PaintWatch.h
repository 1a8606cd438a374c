#pragma once

#include <QObject>

class QWidget;

namespace ringbook::app {

/// Says when a window has been painted and what was painted handed to the screen.
class PaintWatch : public QObject
{
    Q_OBJECT

public:
    explicit PaintWatch(QWidget &window);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void painted();

private:
    bool m_isAnnounced = false;
};

} // namespace ringbook::app
