#include "govctl/app/acts.hpp"
#include "govctl/app/templates.hpp"
#include "govctl/record/write.hpp"

namespace govctl::app {

namespace {

Result<void> must_be_free(const State& state, const NewPerson& request) {
    if (!is_handle(request.handle))
        return Error{ErrorKind::usage,
                     "\"" + request.handle + "\" cannot be a handle",
                     {"a handle is lower-case letters, digits and dashes, at most 39; the first no dash"}};
    if (state.people().person(request.handle))
        return Error{ErrorKind::blocked, "there is a person " + request.handle + " already", {"choose another handle"}};
    if (const model::Person* owner = state.people().by_email(request.email))
        return Error{ErrorKind::blocked, request.email + " is " + owner->handle + "'s already"};
    return {};
}

}  // namespace

Result<Change> new_person(const State& state, const NewPerson& request) {
    GOVCTL_CHECK(must_be_free(state, request));
    model::Person person;
    person.handle = request.handle;
    person.name = request.name;
    person.emails = {request.email};
    person.accounts = request.accounts;
    Change change;
    change.files[record::person_path(state.root(), person.handle)] =
        schema_line("person", "../") + record::write_person(person);
    change.subject = "Add " + person.handle + " to the people";
    change.record = {RecordId::Space::person, person.handle};
    change.verb = "new";
    return change;
}

}  // namespace govctl::app
