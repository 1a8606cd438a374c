#include "model/store/Book.h"
