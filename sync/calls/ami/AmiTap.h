#pragma once

#include <QByteArrayView>

namespace ringbook::calls {

/// Hears all that a connection to a PBX carries, on the connection's thread and as it comes.
class AmiTap
{
public:
    virtual ~AmiTap() = default;

    virtual void connected() = 0;
    virtual void came(QByteArrayView bytes) = 0; ///< with one read, cut anywhere
    virtual void went(QByteArrayView bytes) = 0; ///< whole actions
    virtual void ended() = 0;
};

} // namespace ringbook::calls
