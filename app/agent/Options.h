#pragma once

#include "model/core/Result.h"

#include <QString>
#include <QStringList>

namespace ringbook::app {

/// What the command line asks for. Text from outside: limits are checked here, nothing is believed.
struct Options
{
    QString hub = {};            ///< empty: the one this profile was last signed in to
    QString hubCertificate = {}; ///< file of what vouches for it, kept with the profile
    QString profile = {};        ///< folder of this desk's files
    QString ring = {};           ///< a number somebody else's program says is ringing
    QString practiceCall = {};   ///< a number the hub's simulator shall call from
    QString login = {};          ///< sign in as this user at start …
    QString passwordFile = {};   ///< … with the first line of this file
    QString theme = {};          ///< light, dark, contrast; empty: the platform's
    QString events = {};         ///< file to which what happens is appended, one JSON object a line
    bool help = false;
    bool version = false;
};

constexpr int maxRingNumberLength = 40;

Result<Options> readOptions(const QStringList &arguments);
QString usage();

} // namespace ringbook::app
