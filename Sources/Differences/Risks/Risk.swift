package import Inputs
package import Judging

/// Something about a change that somebody should look at before it is applied.
package struct Risk: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// The API server will not take it.
        case refused
        /// What goes away with what it holds, or is still used.
        case removal
        /// What somebody may do.
        case rights
        /// What is reached from elsewhere.
        case exposure
        case network
        /// In which order objects are applied.
        case order
    }

    package enum Weight: String, Sendable, CaseIterable, Comparable {
        case high, medium, low

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
        /// The weightier one is less, so that it comes first.
        package static func < (left: Weight, right: Weight) -> Bool { left.rank < right.rank }
    }

    package var kind: Kind
    package var weight: Weight
    package var message: String
    package var object: ResourceReference
    /// What applies the object; empty for files as they stand.
    package var application: String
    /// Where to look; nil for what is in no file.
    package var place: SourcePlace?
    /// How often the same is said of the same object in other applications.
    package var alsoIn: [String] = []
}

/// An image that takes the place of another one.
package struct ImageChange: Sendable {
    /// A container that uses it.
    package struct Use: Sendable {
        package var object: ResourceReference
        package var application: String
        package var container: String
        package var place: SourcePlace?
    }

    /// Nil for a container that is new or gone.
    package var old: String?
    package var new: String?
    /// What is remarkable about it; empty when nothing is.
    package var remark = ""
    package var uses: [Use] = []
}
