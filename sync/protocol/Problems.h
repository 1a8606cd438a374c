#pragma once

#include "sync/protocol/Messages.h"

namespace ringbook::sync {

// Problem types of ours (RFC 9457); PROTOCOL.md says when each is answered.
namespace problem {
inline constexpr char invalid[] = "invalid";              ///< 400
inline constexpr char schemaTooNew[] = "schema-too-new";  ///< 400
inline constexpr char unauthorized[] = "unauthorized";    ///< 401
inline constexpr char forbidden[] = "forbidden";          ///< 403
inline constexpr char strangeDevice[] = "strange-device"; ///< 403: the number is another desk's
inline constexpr char notFound[] = "not-found";           ///< 404
inline constexpr char noSnapshot[] = "no-snapshot";       ///< 404: read the changes instead
inline constexpr char wrongMethod[] = "wrong-method";     ///< 405
inline constexpr char reset[] = "reset";                  ///< 409
inline constexpr char gap[] = "gap";                      ///< 409
inline constexpr char clonedProfile[] = "cloned-profile"; ///< 409
inline constexpr char phoneInUse[] = "phone-in-use";      ///< 409: somebody talks there
inline constexpr char changed[] = "changed";              ///< 412
inline constexpr char tooLarge[] = "too-large";           ///< 413
inline constexpr char noSuchRange[] = "no-such-range";    ///< 416
inline constexpr char noVersion[] = "no-version";         ///< 428: PATCH without If-Match
inline constexpr char busy[] = "busy";                    ///< 503
inline constexpr char failed[] = "failed";                ///< 500
inline constexpr char diskFull[] = "disk-full";           ///< 507
} // namespace problem

/// The answer a hub gives for an error of ours; `detail` is the error's.
Problem problemFrom(const Error &error);

/// What a problem means to the side that asked.
Error errorFrom(const Problem &problem);

} // namespace ringbook::sync
