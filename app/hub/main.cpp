#include "app/hub/Commands.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("ringbook-hub"));
    return ringbook::app::runHubProgram(QCoreApplication::arguments());
}
