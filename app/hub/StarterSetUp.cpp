#include "app/hub/StarterSetUp.h"

#include "model/core/Id.h"
#include "model/domain/Case.h"
#include "model/domain/SetUp.h"
#include "sync/hub/order/Sequencer.h"

namespace ringbook::app {

using namespace ringbook::model;

namespace {

QVector<Fields> outcomes()
{
    const std::pair<const char *, const char *> usual[] = {
        {"solved", "Solved"},
        {"call_back_agreed", "Call-back agreed"},
        {"passed_on", "Passed on"},
        {"information", "Information"},
        {"wrong_number", "Wrong number"},
        {"not_reached", "Not reached"},
    };
    QVector<Fields> all;
    for (const auto &[code, label] : usual)
        all.append(fieldsOf(OutcomeCode{.code = code, .label = label, .position = int(all.size()) + 1}));
    return all;
}

QVector<Fields> categories()
{
    QVector<Fields> all;
    for (const auto &[type, label] :
         {std::pair(Case::Type::Complaint, "Complaint"),
          std::pair(Case::Type::ServiceRequest, "Service request"), std::pair(Case::Type::Return, "Return"),
          std::pair(Case::Type::Information, "Information")})
        all.append(fieldsOf(Category{.name = label, .caseType = name(type)}));
    return all;
}

} // namespace

Status addStarterSetUp(hub::Administration &admin, const QString &book, TimeMs now)
{
    const auto last = admin.lastRecordCounter();
    if (!last)
        return last.error();
    qint64 counter = *last;
    QVector<hub::NewRecord> records;
    const auto add = [&](const char *kind, const QVector<Fields> &all) {
        for (const Fields &fields : all)
            records.append({.key = {kind, makeId(hub::hubDevice, ++counter)}, .fields = fields, .at = now});
    };
    add("outcome_code", outcomes());
    add("category", categories());
    return admin.addRecords(book, records);
}

} // namespace ringbook::app
