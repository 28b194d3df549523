package import Diagnostics
package import Inputs

/// How the objects of a cluster differ from what a repository says.
package struct DriftReport: Sendable {
    /// The objects of one application.
    package struct Drift: Sendable {
        package var title: String
        package var inSync = 0
        /// Objects that say something else in the cluster.
        package var drifted: [ObjectChange] = []
        /// Objects that the cluster does not have.
        package var missing: [ObjectChange] = []
        /// Objects of the cluster that belong to it and are not in the repository.
        package var extra: [ObjectChange] = []
        /// Objects of kinds that were not exported.
        package var notExported = 0

        package var isInSync: Bool { drifted.isEmpty && missing.isEmpty && extra.isEmpty }
    }

    /// An object that cannot be compared, and why.
    package struct NotComparable: Sendable {
        package var object: ResourceReference
        package var reason: String
    }

    /// What was compared with what.
    package var old: DiffReport.Side
    package var live: DiffReport.Side
    package var applications: [Drift] = []
    package var notComparable: [NotComparable] = []
    package var notCompared: [DiffReport.NotCompared] = []
    /// Objects of the cluster that nothing in the repository says it owns.
    package var untracked = 0
    /// Fields that differ only by what servers and controllers write.
    package var ignoredFields = 0
    /// Kinds of the repository of which the export holds no object.
    package var missingKinds: [String] = []
    package var problems: [Diagnostic] = []

    init(old: DiffReport.Side, live: DiffReport.Side) { (self.old, self.live) = (old, live) }

    package var isComplete: Bool { !problems.contains { $0.severity == .error } }
    package var isInSync: Bool { applications.allSatisfy(\.isInSync) }
    package var hasCompared: Bool { applications.contains { $0.inSync > 0 || !$0.isInSync } }

    /// The sum of a figure over all applications.
    package func total(_ figure: (Drift) -> Int) -> Int { applications.reduce(0) { $0 + figure($1) } }
}
