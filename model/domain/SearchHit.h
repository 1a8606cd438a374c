#pragma once

#include "model/domain/Customer.h"

namespace ringbook::model {

/// One hit of a search, ready to show.
struct SearchHit
{
    Id<Customer> customer = {};
    QString name = {};
    QString organisationName = {};
    QString number = {};   ///< the first phone, or the one that was searched for
    QString caseCode = {}; ///< when a case code led here
    QString subject = {};
    int openCases = 0;
};

} // namespace ringbook::model
