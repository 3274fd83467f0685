//! The kinds of changes, each with the stable code it is printed as.

macro_rules! kinds {
    ($($family:ident { $($name:ident $code:literal,)* })*) => {
        /// What kind of change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the code beside each says what it is")]
        pub enum Kind {
            $($($name,)*)*
        }

        impl Kind {
            /// Every kind in order.
            pub const ALL: &[Self] = &[$($(Self::$name,)*)*];

            /// The stable code (`field-removed`).
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $($(Self::$name => $code,)*)*
                }
            }

            /// What the change is about.
            pub(super) const fn family(self) -> Family {
                match self {
                    $($(Self::$name => Family::$family,)*)*
                }
            }
        }
    };
}

/// What a change is about, in the order of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    Client,
    Folder,
    Operation,
    Type,
    Docs,
}

kinds! {
    Client {
        ClientRemoved "client-removed",
        ClientAdded "client-added",
        PackageRenamed "package-renamed",
        VariableAdded "variable-added",
        VariableRemoved "variable-removed",
        VariableRenamed "variable-renamed",
        VariableDefaultChanged "variable-default-changed",
        ServerAdded "server-added",
        ServerRemoved "server-removed",
        ServerRenamed "server-renamed",
        ServerChanged "server-changed",
        CredentialAdded "credential-added",
        CredentialRemoved "credential-removed",
        CredentialRenamed "credential-renamed",
        CredentialChanged "credential-changed",
        ApiErrorAdded "api-error-added",
        ApiErrorRemoved "api-error-removed",
        ApiErrorChanged "api-error-changed",
        FeatureRemoved "feature-removed",
    }
    Folder {
        FolderRemoved "folder-removed",
        FolderRenamed "folder-renamed",
        FolderAdded "folder-added",
    }
    Operation {
        OperationRemoved "operation-removed",
        OperationRenamed "operation-renamed",
        OperationMoved "operation-moved",
        RequestRemoved "request-removed",
        RequestRenamed "request-renamed",
        RequestAdded "request-added",
        MethodChanged "method-changed",
        PathChanged "path-changed",
        OperationServerChanged "operation-server-changed",
        AuthChanged "auth-changed",
        ArgumentAdded "argument-added",
        ArgumentRemoved "argument-removed",
        ArgumentTypeChanged "argument-type-changed",
        ArgumentsReordered "arguments-reordered",
        ParameterAdded "parameter-added",
        ParameterRemoved "parameter-removed",
        ParameterRenamed "parameter-renamed",
        ParameterTypeChanged "parameter-type-changed",
        ParameterRequired "parameter-required",
        ParameterOptional "parameter-optional",
        ParameterDefaultChanged "parameter-default-changed",
        BodyAdded "body-added",
        BodyRemoved "body-removed",
        BodyTypeChanged "body-type-changed",
        BodyRequired "body-required",
        BodyOptional "body-optional",
        ContentTypeChanged "content-type-changed",
        FieldNameChanged "field-name-changed",
        GraphqlChanged "graphql-changed",
        ResponseTypeChanged "response-type-changed",
        ErrorTypeChanged "error-type-changed",
        PaginationRemoved "pagination-removed",
        PaginationChanged "pagination-changed",
        PaginationAdded "pagination-added",
        DeprecationAdded "deprecation-added",
        DeprecationRemoved "deprecation-removed",
        ScopesChanged "scopes-changed",
        OperationAdded "operation-added",
    }
    Type {
        TypeRemoved "type-removed",
        TypeRenamed "type-renamed",
        TypeMoved "type-moved",
        TypeKindChanged "type-kind-changed",
        ConstructorRemoved "constructor-removed",
        ConstructorReordered "constructor-reordered",
        DefaultRemoved "default-removed",
        FieldRemoved "field-removed",
        FieldRenamed "field-renamed",
        FieldTypeChanged "field-type-changed",
        FieldRequired "field-required",
        FieldOptional "field-optional",
        FieldNullable "field-nullable",
        FieldNotNullable "field-not-nullable",
        FieldDefaultChanged "field-default-changed",
        FieldContentTypeChanged "field-content-type-changed",
        FieldAdded "field-added",
        ValueRemoved "value-removed",
        ValueRenamed "value-renamed",
        ValueAdded "value-added",
        VariantRemoved "variant-removed",
        VariantRenamed "variant-renamed",
        VariantTypeChanged "variant-type-changed",
        VariantAdded "variant-added",
        TypeAdded "type-added",
    }
    Docs {
        DocsChanged "docs-changed",
    }
}
