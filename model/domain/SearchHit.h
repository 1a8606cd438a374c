#pragma once

#include "model/domain/Case.h"
#include "model/domain/Customer.h"

namespace ringbook::model {

/// One hit of a search, ready to show.
struct SearchHit
{
    Id<Customer> customer = {}; ///< none: that of a case which is nobody's
    QString name = {};
    QString organisationName = {};
    QString number = {};   ///< the first phone, or the one that was searched for
    Id<Case> file = {};    ///< when a case code led here
    QString caseCode = {}; ///< its code
    QString subject = {};
    int openCases = 0;
};

} // namespace ringbook::model
