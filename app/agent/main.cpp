#include "app/agent/Run.h"

int main(int argc, char **argv)
{
    return ringbook::app::run(argc, argv);
}
