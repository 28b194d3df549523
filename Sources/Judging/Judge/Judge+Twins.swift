/// Constraints with the same template and equal parameters say the same of an object: it is found out once.
extension Judge {
    /// What a check said of a subject.
    struct Told {
        /// The first of the checks that say the same.
        let twin: Int
        /// Results with their violations before anything is accepted; of a judge that finds places.
        var located: [(result: PolicyResult, violation: Violation)] = []
        /// Those of a judge that finds none.
        var messages: [CheckResults.Message] = []

        init(twin: Int) { self.twin = twin }
    }

    /// Says what another check has said, when it is the same; false when the check has to be evaluated.
    func repeats(_ slot: Int, _ sitting: Sitting, _ results: inout CheckResults) -> Bool {
        guard let twin = set.twins[slot], let told = sitting.told, told.twin == twin, observe == nil else { return false }
        if !findsPlaces, exceptions?.mayAccept(set.checks[slot].policy, of: sitting.subject.resource) == true { return false }
        for entry in told.located {
            var violation = entry.violation
            violation.slot = slot
            _ = add(violation, entry.result, sitting, after: 0, &results)
        }
        for var message in told.messages {
            message.slot = slot
            results.messages.append(message)
        }
        return true
    }
}
