#pragma once

#include "app/handover/Request.h"
#include "model/core/Result.h"

#include <QString>
#include <QStringList>

namespace ringbook::app {

/// Links that shall open this program when somebody clicks on one.
enum class LinkKinds {
    None,
    Own,         ///< ringbook:
    OwnAndPhone, ///< tel: and callto: too
};

/// What the command line asks for. Text from outside: limits are checked here, nothing is believed.
struct Options
{
    QString hub = {};                          ///< empty: the one this profile was last signed in to
    QString hubCertificate = {};               ///< file of what vouches for it, kept with the profile
    QString profile = {};                      ///< folder of this desk's files; empty: nobody named one
    Request request = {};                      ///< what the desk shall do that runs, or this one once it does
    LinkKinds registerLinks = LinkKinds::None; ///< instead of being a desk
    QString login = {};                        ///< sign in as this user at start …
    QString passwordFile = {};                 ///< … with the first line of this file
    QString phone = {};                        ///< extension of the phone at this place; empty: not said
    QString theme = {};                        ///< light, dark, contrast; empty: the platform's
    QString events = {}; ///< file to which what happens is appended, one JSON object a line
    bool help = false;
    bool version = false;
};

Result<Options> readOptions(const QStringList &arguments);
QString usage();

} // namespace ringbook::app
