#pragma once

#include "ui/shell/ConnectionStatus.h"
#include "ui/widgets/Ground.h"

namespace ringbook {
class Clock;
}

namespace ringbook::ui {

/// The line at the bottom: what is true about the network, and where what is on the screen comes from. It
/// belongs to the network; the call bar belongs to the telephone.
class StatusLine : public Panel
{
    Q_OBJECT

public:
    explicit StatusLine(const Clock &clock, QWidget *parent = nullptr);

    void setStatus(const ConnectionStatus &status);
    void setFigures(const DeskFigures &figures);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void reword();
    void drawShape(QPainter &painter, const QRectF &rect, const QColor &colour) const;

    const Clock &m_clock;
    ConnectionStatus m_status;
    DeskFigures m_figures;
    StatusWords m_words;
    QString m_ringToPaint;
    QString m_source;
};

} // namespace ringbook::ui
