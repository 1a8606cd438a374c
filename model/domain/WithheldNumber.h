#pragma once

#include <QString>

namespace ringbook::model {

/// True for what PBXs send instead of a number: empty, anonymous, unknown, restricted, private … Apart from
/// PhoneNumber.cpp, so that a program that asks this alone starts without libphonenumber.
bool meansWithheld(const QString &text);

} // namespace ringbook::model
