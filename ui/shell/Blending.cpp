#include "ui/shell/Blending.h"

#include <QGuiApplication>
#include <QLibrary>

#include <cstdlib>
#include <cstring>

namespace ringbook::ui {

namespace {

#if QT_CONFIG(xcb)

// The four functions of libxcb this takes, found at run time: Qt's X11 plugin has loaded the library already.
struct Cookie
{
    unsigned int sequence;
};

struct ReplyHead
{
    unsigned char type;
    unsigned char pad;
    unsigned short sequence;
    unsigned int length;
    unsigned int value; ///< the atom, or the owner
};

unsigned int valueOf(void *reply)
{
    const unsigned int value = reply ? static_cast<ReplyHead *>(reply)->value : 0;
    std::free(reply);
    return value;
}

/// A compositing manager owns the selection of that name.
bool hasCompositor(void *connection)
{
    using InternAtom = Cookie (*)(void *, unsigned char, unsigned short, const char *);
    using Owner = Cookie (*)(void *, unsigned int);
    using Reply = void *(*)(void *, Cookie, void **);
    QLibrary xcb(QStringLiteral("xcb"), 1);
    const auto internAtom = reinterpret_cast<InternAtom>(xcb.resolve("xcb_intern_atom"));
    const auto internAtomReply = reinterpret_cast<Reply>(xcb.resolve("xcb_intern_atom_reply"));
    const auto owner = reinterpret_cast<Owner>(xcb.resolve("xcb_get_selection_owner"));
    const auto ownerReply = reinterpret_cast<Reply>(xcb.resolve("xcb_get_selection_owner_reply"));
    if (!internAtom || !internAtomReply || !owner || !ownerReply)
        return false;
    const char *name = "_NET_WM_CM_S0";
    const auto length = static_cast<unsigned short>(std::strlen(name));
    const unsigned int atom =
        valueOf(internAtomReply(connection, internAtom(connection, 0, length, name), nullptr));
    return valueOf(ownerReply(connection, owner(connection, atom), nullptr)) != 0;
}

#endif

} // namespace

bool desktopBlends()
{
#if QT_CONFIG(xcb)
    auto *x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
    if (x11 && x11->connection()) // there is an X11 interface without a connection on the offscreen platform
        return hasCompositor(x11->connection());
#endif
    return true;
}

} // namespace ringbook::ui
