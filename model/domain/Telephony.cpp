#include "model/domain/Telephony.h"

#include "model/domain/Names.h"

namespace ringbook::model {

namespace {

constexpr std::array grades = {"good", "note", "bad"};

} // namespace

QString name(TelephonyFinding::Grade grade)
{
    return nameAmong(grades, grade);
}

std::optional<TelephonyFinding::Grade> findingGradeFromName(const QString &name)
{
    return valueAmong<TelephonyFinding::Grade>(grades, name);
}

} // namespace ringbook::model
