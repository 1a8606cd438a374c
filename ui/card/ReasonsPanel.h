#pragma once

#include "ui/text/Reasons.h"
#include "ui/widgets/Painted.h"

#include <QVector>

namespace ringbook::ui {

/// "Probably about": why this caller is calling, best first. Its height never changes, so that nothing below
/// it moves.
class ReasonsPanel : public Painted
{
    Q_OBJECT

public:
    static constexpr int maxLines = 3;

    explicit ReasonsPanel(QWidget *parent = nullptr);

    /// `nothing` is said when there are no reasons.
    void show(const QVector<ReasonWords> &lines, const QString &nothing);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool hugsText() const override { return false; }
    void paintEvent(QPaintEvent *event) override;

private:
    void paintLine(QPainter &painter, const QRectF &room, const ReasonWords &line) const;
    void paintSentence(QPainter &painter, QRectF room, const ReasonWords &line) const;

    QVector<ReasonWords> m_lines;
    QString m_nothing;
};

} // namespace ringbook::ui
