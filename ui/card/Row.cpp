#include "ui/card/Row.h"

#include <QStringList>

namespace ringbook::ui {

QString spokenRow(const Row &row)
{
    QStringList parts{row.key, row.title, row.badge, row.text, row.right, row.rightBelow, row.mark};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

} // namespace ringbook::ui
