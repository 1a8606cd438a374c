#pragma once

#include "ui/theme/Icons.h"
#include "ui/widgets/Ground.h"

#include <QKeySequence>

class QButtonGroup;
class QVBoxLayout;

namespace ringbook::ui {

/// The narrow column that leads to the pages there are.
class Rail : public Panel
{
    Q_OBJECT

public:
    explicit Rail(QWidget *parent = nullptr);

    struct Stop
    {
        int id = 0;
        Icon icon = Icon::Phone;
        QString text = {};
        QKeySequence keys = {};
    };
    void add(const Stop &stop);
    void setCurrent(int id);
    void setCount(int id, int count); ///< 0: none is shown

Q_SIGNALS:
    void chosen(int id);

private:
    QVBoxLayout *m_column;
    QButtonGroup *m_stops;
};

} // namespace ringbook::ui
