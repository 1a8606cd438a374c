#pragma once

#include "model/domain/Customer.h"

namespace ringbook::model {

/// Somebody who may be calling.
struct Candidate
{
    Customer customer = {};
    QString organisationName = {};
    ContactPoint::Shared shared = ContactPoint::Shared::No;
    int openCases = 0;
    std::optional<TimeMs> nextDueAt = {};
    std::optional<TimeMs> lastContactAt = {};
};

} // namespace ringbook::model
