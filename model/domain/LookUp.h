#pragma once

#include <QMap>
#include <QMetaType>
#include <QString>

namespace ringbook::model {

/// What the hub is asked about a number that is nobody's in a book that is not whole yet.
enum class LookUp { Asking, Nobody };

/// How much a desk can say of those who are not in its book.
struct LookUps
{
    bool isBookWhole = true;
    QMap<QString, LookUp> told = {}; ///< by number, E.164; only of calls that go on

    bool operator==(const LookUps &) const = default;
};

} // namespace ringbook::model

Q_DECLARE_METATYPE(ringbook::model::LookUps)
