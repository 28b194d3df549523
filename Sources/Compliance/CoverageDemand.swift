package import Documents
package import Findings

/// How far a policy has to hold for a clause: the share of the containers or resources it applies to.
package struct CoverageDemand: Sendable, Hashable {
    /// What is counted.
    package enum Unit: String, Sendable, CaseIterable {
        case containers, resources
    }

    /// The id of the policy.
    package var policy: String
    package var unit: Unit
    /// The lowest share with which the clause passes, in tenths of a percent.
    package var minimum: Int

    package init(policy: String, unit: Unit = .containers, minimum: Int = 1000) {
        self.policy = policy
        self.unit = unit
        self.minimum = minimum
    }

    /// The members of a demand in frameworks and settings.
    static let members: Set<String> = ["policy", "of", "minimum"]

    /// Reads `{policy: LT-POD-004, of: containers, minimum: 95}`; `of` is containers and `minimum`, in percent, 100 when they are
    /// left out.
    package init(reading item: Value) throws(FrameworkError) {
        guard item.kind == .object, let policy = item.field("policy").stringValue, !policy.isEmpty else {
            throw FrameworkError(message: "a coverage names its policy as text")
        }
        self.init(policy: policy)
        let of = item.field("of")
        if of.isDefined {
            guard let unit = of.stringValue.flatMap(Unit.init(rawValue:)) else {
                throw FrameworkError(message: "the coverage of \(policy) is of containers or of resources")
            }
            self.unit = unit
        }
        let minimum = item.field("minimum")
        if minimum.isDefined {
            guard let percent = minimum.doubleValue, (0...100).contains(percent) else {
                throw FrameworkError(message: "the minimum of \(policy)'s coverage is a percentage from 0 to 100")
            }
            self.minimum = Int((percent * 10).rounded(.up))
        }
    }

    /// What a policy's outcome says about the demand: `41 of 57 containers comply, 71.9 %, at least 95 % are asked for`; nil when
    /// the policy judged nothing that is counted.
    func answer(to outcome: PolicyOutcome) -> (holds: Bool, text: String)? {
        let share = unit == .containers ? outcome.containers : outcome.resources
        guard let permille = share.permille else { return nil }
        let noun = share.total == 1 ? String(unit.rawValue.dropLast()) : unit.rawValue
        let asked = minimum % 10 == 0 ? "\(minimum / 10)" : "\(minimum / 10).\(minimum % 10)"
        let text =
            "\(share.compliant) of \(share.total) \(noun) \(share.compliant == 1 ? "complies" : "comply"), "
            + "\(permille / 10).\(permille % 10) %; at least \(asked) % asked for"
        return (permille >= minimum, text)
    }
}
