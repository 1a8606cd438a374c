#include "ui/text/Wording.h"

#include <QCoreApplication>

namespace ringbook::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Sentences)
};

QString starting(Fault fault)
{
    switch (fault) {
    case Fault::Invalid:
        return Words::tr("Ringbook was started with something it cannot use. Check how it was started.");
    case Fault::NotFound:
        return Words::tr(
            "The folder with your data is not there. Check that the drive is connected, then start again.");
    case Fault::Conflict:
    case Fault::Busy:
        return Words::tr("Ringbook is already running with this data. Use the window that is open.");
    case Fault::Denied:
        return Words::tr(
            "You may not write to the folder with your data. Ask who looks after this computer.");
    case Fault::Unreachable:
        return Words::tr(
            "The drive with your data does not answer. Check that it is connected, then start again.");
    case Fault::Protocol:
    case Fault::Failed:
        return Words::tr("Your data could not be opened. Nothing was changed. Start again; if it stays, ask "
                         "your administrator.");
    case Fault::DiskFull:
        return Words::tr("The disk is full, so nothing could be kept. Make room, then start again.");
    case Fault::Damaged:
        return Words::tr("A file with your data is damaged. What was not sent yet is kept; the rest comes "
                         "again from the hub.");
    case Fault::TooNew:
        return Words::tr(
            "Your data was written by a newer Ringbook. Install the newer one; nothing was changed.");
    }
    return {};
}

QString signingIn(Fault fault)
{
    switch (fault) {
    case Fault::Invalid: return Words::tr("Something is missing or misspelled. Check the three fields.");
    case Fault::NotFound: return Words::tr("There is no Ringbook hub at this address. Check the address.");
    case Fault::Conflict:
        return Words::tr("This computer's data is signed in for somebody else. Use your own profile.");
    case Fault::Denied: return Words::tr("Login or password is wrong. The login is the short name your administrator gave you.");
    case Fault::Unreachable:
        return Words::tr(
            "The hub does not answer at this address. Check the address and the network, then try again.");
    case Fault::Protocol:
        return Words::tr("What answers at this address is not a Ringbook hub. Check the address.");
    case Fault::Busy: return Words::tr("The hub is busy. Wait a moment, then try again.");
    case Fault::DiskFull:
        return Words::tr("The disk of this computer is full. Make room, then sign in again.");
    case Fault::Damaged:
        return Words::tr("A file of this computer is damaged. Start Ringbook again to have it repaired.");
    case Fault::TooNew:
        return Words::tr("The hub is older than this Ringbook. Ask your administrator to update the hub.");
    case Fault::Failed:
        return Words::tr("Signing in did not work. Try again; if it stays, ask your administrator.");
    }
    return {};
}

QString lookingUp(Fault fault)
{
    switch (fault) {
    case Fault::Invalid:
        return Words::tr("This cannot be searched for. Type a name, a number or a case code.");
    case Fault::NotFound: return Words::tr("This is no longer there. Somebody may have removed it.");
    case Fault::Conflict: return Words::tr("This was changed just now. Look again.");
    case Fault::Denied: return Words::tr("You may not see this. Ask your team lead.");
    case Fault::Unreachable: return Words::tr("The hub does not answer. What is on this computer is shown.");
    case Fault::Protocol:
    case Fault::Failed:
        return Words::tr(
            "This could not be looked up. You can go on taking the call; what you type is kept.");
    case Fault::Busy: return Words::tr("The data is busy for a moment. Look again.");
    case Fault::DiskFull:
        return Words::tr("The disk is full. Make room; until then not everything can be shown.");
    case Fault::Damaged:
        return Words::tr("Part of the data on this computer is damaged. It comes again from the hub; what "
                         "you typed is kept.");
    case Fault::TooNew:
        return Words::tr("This was written by a newer Ringbook. Install the newer one to see it.");
    }
    return {};
}

QString saving(Fault fault)
{
    switch (fault) {
    case Fault::Invalid:
        return Words::tr("Not saved: something is missing or too long. Your text is still here.");
    case Fault::NotFound:
        return Words::tr("Not saved: what it belongs to is no longer there. Your text is still here; attach "
                         "it elsewhere.");
    case Fault::Conflict:
        return Words::tr(
            "Not saved: somebody changed this in between. Your text is still here; look again, then save.");
    case Fault::Denied:
        return Words::tr("Not saved: you may not change this. Your text is still here; ask your team lead.");
    case Fault::Unreachable:
        return Words::tr("Not saved: the drive does not answer. Your text is still here; try again.");
    case Fault::Protocol:
    case Fault::Failed:
        return Words::tr(
            "Not saved. Your text is still here; try again, and if it stays, ask your administrator.");
    case Fault::Busy:
        return Words::tr("Not saved yet: the data is busy. Your text is still here; try again.");
    case Fault::DiskFull:
        return Words::tr("Not saved: the disk is full. Your text is still here; make room, then save again.");
    case Fault::Damaged:
        return Words::tr(
            "Not saved: a file on this computer is damaged. Your text is still here; start Ringbook again.");
    case Fault::TooNew:
        return Words::tr("Not saved: the data is newer than this Ringbook. Install the newer one.");
    }
    return {};
}

/// One short line below the note, which is tried again by itself.
QString drafting(Fault fault)
{
    if (fault == Fault::DiskFull)
        return Words::tr("Draft not kept: the disk is full. Make room.");
    if (fault == Fault::Damaged)
        return Words::tr("Draft not kept: a file is damaged. Save soon.");
    return Words::tr("Draft not kept yet; it is tried again.");
}

} // namespace

QString damagedDeskFile(const QString &path)
{
    return Words::tr("“%1” is damaged, perhaps by the disk. What this computer has not sent yet is in it, so "
                     "it is left as it is: have it put right from a copy, or put it away to begin anew "
                     "without that work.")
        .arg(path);
}

QString lockedDesk(const QString &when)
{
    return Words::tr("This computer last reached its hub %1, so its customers are not shown. All that was "
                     "saved here is kept and will be sent: connect to the network and it opens by itself; "
                     "if it does not, sign in.")
        .arg(when);
}

QString sentence(Doing doing, Fault fault)
{
    switch (doing) {
    case Doing::Starting: return starting(fault);
    case Doing::SigningIn: return signingIn(fault);
    case Doing::LookingUp: return lookingUp(fault);
    case Doing::Saving: return saving(fault);
    case Doing::Drafting: return drafting(fault);
    }
    return {};
}

} // namespace ringbook::ui
