import Catalogue
import Documents
import Inputs
import Judging

/// Findings that were there when somebody wrote them down: they do not count, and new ones do.
package struct Baseline: Sendable {
    /// Findings that look the same, in one file.
    package struct Entry: Sendable, Hashable {
        package var fingerprint: String
        package var policyID: String
        package var policySlug = ""
        package var severity = ""
        /// The object's title: `Deployment shop/web`.
        package var resource: String
        /// From the root of the repository.
        package var file: String
        package var path = ""
        package var message: String
        package var count = 1
        /// The day it was written down.
        package var since = ""
        /// The last day it holds; empty when it has no end.
        package var until = ""
        package var reason = ""

        package init(fingerprint: String, policyID: String, resource: String, file: String, message: String) {
            self.fingerprint = fingerprint
            self.policyID = policyID
            self.resource = resource
            self.file = file
            self.message = message
        }
    }

    package var entries: [Entry]

    package init(_ entries: [Entry] = []) { self.entries = entries }

    /// How findings and entries are brought together.
    package struct Matching: Sendable {
        /// The name of a file as entries have it.
        package var name: @Sendable (String) -> String
        /// Whether a file of an entry is still there; findings of one that is gone may have moved with it.
        package var exists: @Sendable (String) -> Bool
        /// Whether a file was looked at, so that its entries can be gone.
        package var isChecked: @Sendable (String) -> Bool
        /// Ids of the policies that judged.
        package var policies: Set<String>
        /// The present day.
        package var today: String
        /// Whether a finding that says something else is another one.
        package var comparesMessages = false
        /// Ids of policies that say in one finding what several find: one that says more than an entry is another one.
        package var merging: Set<String> = []

        package init(
            policies: Set<String>, today: String, name: @escaping @Sendable (String) -> String,
            exists: @escaping @Sendable (String) -> Bool, isChecked: @escaping @Sendable (String) -> Bool
        ) {
            self.policies = policies
            self.today = today
            self.name = name
            self.exists = exists
            self.isChecked = isChecked
        }
    }

    /// What became of findings and entries.
    package struct Outcome: Sendable {
        package var new: [Finding] = []
        package var unchanged: [Finding] = []
        /// The entry of each finding of `unchanged`.
        package var entries: [Entry] = []
        /// Entries whose findings are gone, with how many of them.
        package var gone: [Entry] = []
        /// Entries that no longer hold.
        package var expired: [Entry] = []
    }

    /// Tells findings that are in the baseline from new ones. An entry takes as many findings as it counts: those of its own
    /// file, of which the ones with its words come first, and those of another file only when its own is gone.
    package func compare(_ findings: [Finding], by matching: Matching) -> Outcome {
        var outcome = Outcome()
        outcome.expired = entries.filter { !$0.until.isEmpty && $0.until < matching.today }
        let valid = entries.filter { $0.until.isEmpty || $0.until >= matching.today }
        var left = valid.map(\.count), byFingerprint: [String: [Int]] = [:]
        for (index, entry) in valid.enumerated() { byFingerprint[entry.fingerprint, default: []].append(index) }
        var taken = [Int?](repeating: nil, count: findings.count)
        let open = findings.indices.filter { !valid.isEmpty && byFingerprint[findings[$0].fingerprint] != nil }
        var known: [String: String] = [:]
        func pass(_ fits: (Finding, String, Entry) -> Bool) {
            for index in open where taken[index] == nil {
                let finding = findings[index], place = finding.location.file
                let file = known[place] ?? matching.name(place)
                known[place] = file
                for number in byFingerprint[finding.fingerprint] ?? [] where left[number] > 0 {
                    guard fits(finding, file, valid[number]) else { continue }
                    left[number] -= 1
                    taken[index] = number
                    break
                }
            }
        }
        func isLoose(_ finding: Finding, _ entry: Entry) -> Bool {
            if matching.comparesMessages { return false }
            guard matching.merging.contains(finding.policyID) else { return true }
            return UpdateRatchet.parts(finding.message).isSubset(of: UpdateRatchet.parts(entry.message))
        }
        pass { finding, file, entry in entry.file == file && entry.message == finding.message }
        pass { finding, file, entry in entry.file == file && isLoose(finding, entry) }
        pass { finding, _, entry in entry.message == finding.message && !matching.exists(entry.file) }
        pass { finding, _, entry in !matching.exists(entry.file) && isLoose(finding, entry) }
        for (index, finding) in findings.enumerated() {
            if let number = taken[index] {
                outcome.unchanged.append(finding)
                outcome.entries.append(valid[number])
            } else {
                outcome.new.append(finding)
            }
        }
        for (number, entry) in valid.enumerated() where left[number] > 0 && matching.policies.contains(entry.policyID) {
            guard matching.isChecked(entry.file) || !matching.exists(entry.file) else { continue }
            var entry = entry
            entry.count = left[number]
            outcome.gone.append(entry)
        }
        return outcome
    }
}

extension Baseline {
    /// The findings as entries, those that look the same counted together.
    package static func entries(
        of findings: [Finding], today: String, until: String, name: (String) -> String
    ) -> [Entry] {
        var known: [String: String] = [:]
        var entries: [Entry] = [], index: [[String]: Int] = [:]
        for finding in findings {
            let place = finding.location.file
            let file = known[place] ?? name(place)
            known[place] = file
            let key = [finding.fingerprint, file, finding.message]
            if let number = index[key] {
                entries[number].count += 1
                continue
            }
            var entry = Entry(
                fingerprint: finding.fingerprint, policyID: finding.policyID, resource: finding.resource.title, file: file,
                message: finding.message)
            entry.policySlug = finding.policySlug
            entry.severity = finding.severity.rawValue
            entry.path = finding.path.fieldPath
            entry.since = today
            entry.until = until
            index[key] = entries.count
            entries.append(entry)
        }
        return entries.sorted {
            ($0.file, $0.policyID, $0.resource, $0.path, $0.message) < ($1.file, $1.policyID, $1.resource, $1.path, $1.message)
        }
    }

    /// The entries of findings that are still there, as the baseline has them, and when wanted those of new ones.
    package static func entries(
        after outcome: Outcome, keeping other: [Entry], addingNew: Bool, today: String, until: String, name: (String) -> String
    ) -> [Entry] {
        var kept: [Entry] = other
        let fresh = entries(of: outcome.unchanged, today: today, until: until, name: name)
        var known: [String: Entry] = [:]
        for entry in outcome.entries { known[entry.fingerprint] = known[entry.fingerprint] ?? entry }
        for var entry in fresh {
            if let before = known[entry.fingerprint] {
                (entry.since, entry.until, entry.reason) = (before.since, before.until, before.reason)
            }
            kept.append(entry)
        }
        if addingNew { kept += entries(of: outcome.new, today: today, until: until, name: name) }
        return kept.sorted {
            ($0.file, $0.policyID, $0.resource, $0.path, $0.message) < ($1.file, $1.policyID, $1.resource, $1.path, $1.message)
        }
    }
}

extension Comparison.Gone {
    package init(_ entry: Baseline.Entry) {
        self.init(
            fingerprint: entry.fingerprint, policyID: entry.policyID, policySlug: entry.policySlug, severity: entry.severity,
            resource: entry.resource, file: entry.file, message: entry.message)
    }
}
