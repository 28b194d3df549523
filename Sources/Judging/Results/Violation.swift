package import Documents
package import Inputs

/// What a check has against an object, with its place.
package struct Violation: Sendable {
    /// The check's number among those of the run.
    package var slot: Int
    package var message: String
    package var resource: ResourceReference
    /// The node of the object it is about; steps that are missing from the manifest are included.
    package var path: DocumentPath
    package var location: SourcePlace
    /// Further members of a policy's result object, as compact JSON; nil when there are none.
    package var details: String?

    package init(
        slot: Int, message: String, resource: ResourceReference, path: DocumentPath, location: SourcePlace, details: String?
    ) {
        self.slot = slot
        self.message = message
        self.resource = resource
        self.path = path
        self.location = location
        self.details = details
    }
}
