#include "environment.hpp"
#include "program.hpp"

int main(int argc, char** argv) {
    const govctl::cli::Environment environment = govctl::cli::Environment::of_process();
    return govctl::cli::run({argv + 1, argv + argc}, environment);
}
