/** The fields of the entities served, in the notation of `fieldsFrom`, by the facts about each entity. */
export const FIELD_TABLES = {
  Companies: `
    id long*!, companyName text100*, companyType int*#, isActive bool, ownerResourceID int*>Resource, phone text25*,
    address1 text128", address2 text128", city text30", state text40", postalCode text10",
    countryID int, additionalAddressInformation text100", alternatePhone1 text25", alternatePhone2 text25", fax text25",
    webAddress text255", classification int#, territoryID int#, marketSegmentID int#, competitorID int#,
    parentCompanyID int>Company, stockSymbol text10~", stockMarket text10~", sicCode text32~", assetValue dec~,
    companyNumber text50, createDate time!, lastActivityDate time!, isTaskFireActive bool!, isClientPortalActive bool!,
    taxRegionID int, isTaxExempt bool, taxID text50", billToAddressToUse int!#, billToAttention text50",
    billingAddress1 text150!, billingAddress2 text150!, billToCity text50!, billToState text128!, billToZipCode text50!,
    billToCountryID int!, billToAdditionalAddressInformation text100!, billToCompanyLocationID int,
    invoiceMethod int#, invoiceNonContractItemsToParentCompany bool, invoiceTemplateID int, invoiceEmailMessageID int,
    quoteTemplateID int, quoteEmailMessageID int, purchaseOrderTemplateID int#, currencyID int>Currency,
    surveyCompanyRating dec!, createdByResourceID int!>Resource, impersonatorCreatorResourceID int!>Resource,
    apiVendorID int!#, isEnabledForComanaged bool, lastTrackedModifiedDateTime time!, companyCategoryID int, isSample bool`,
  Contracts: `
    id long*!, companyID int*!>Company, contractName text100*, contractNumber text50, contractType int*!#,
    contractPeriodType int!#, contractCategory int#, status int*#, startDate date*, endDate date*, description text2000,
    billingPreference int#, isCompliant bool, isDefaultContract bool, contactID int, contactName text250,
    estimatedCost dec, estimatedHours dec, estimatedRevenue dec, overageBillingRate dec,
    internalCurrencyOverageBillingRate dec!, setupFee dec, internalCurrencySetupFee dec!, setupFeeBillingCodeID long>BillingCode,
    serviceLevelAgreementID int#, purchaseOrderNumber text50", timeReportingRequiresStartAndStopTimes int*#,
    opportunityID int, renewedContractID long, exclusionContractID long!>Contract, contractExclusionSetID int,
    organizationalLevelAssociationID int, billToCompanyID int>Company, billToCompanyContactID int,
    lastModifiedDateTime time!`,
  Services: `
    id long*!, name text150*, description text400, unitPrice dec*, unitCost dec, markupRate dec!, periodType int*#,
    billingCodeID int*>BillingCode, isActive bool, vendorCompanyID int>Company, invoiceDescription text1000,
    serviceLevelAgreementID long#, createDate time!, creatorResourceID int!>Resource, lastModifiedDate time!,
    updateResourceID int!>Resource, sku text50, catalogNumberPartNumber text50, externalID text50, internalID text50,
    manufacturerServiceProvider text100, manufacturerServiceProviderProductNumber text50, url text500`,
  ContractServices: `
    id long*!, contractID int*!>Contract, serviceID int*!>Service, unitPrice dec!, unitCost dec,
    internalCurrencyUnitPrice dec!, internalCurrencyAdjustedPrice dec!, adjustedPrice dec~^, invoiceDescription text1000",
    internalDescription text100", quoteItemID long!`,
  ContractServiceUnits: `
    id long*!, contractID int*!>Contract, contractServiceID int>ContractService, serviceID int*!>Service,
    startDate date*!, endDate date*!, units int*!, price dec!, cost dec!, internalCurrencyPrice dec!,
    approveAndPostDate date!, vendorCompanyID int!>Company, organizationalLevelAssociationID int!`,
  ContractServiceAdjustments: `
    id long*!~, contractID int~>Contract, serviceID int~>Service, contractServiceID int~>ContractService,
    effectiveDate date*~, unitChange int~, adjustedUnitPrice dec~, adjustedUnitCost dec~, quoteItemID int~,
    allowRepeatService bool~`,
  ContractServiceBundles: `
    id long*!, contractID int*!>Contract, serviceBundleID int*!, unitPrice dec, adjustedPrice dec,
    internalCurrencyUnitPrice dec!, internalCurrencyAdjustedPrice dec!, invoiceDescription text1000",
    internalDescription text100", quoteItemID long!`,
  ContractServiceBundleUnits: `
    id long*!, contractID int*!>Contract, contractServiceBundleID int!, serviceBundleID int*!, startDate date*!,
    endDate date*!, units int*!, price dec!, cost dec!, internalCurrencyPrice dec!, approveAndPostDate date!,
    organizationalLevelAssociationID int!`,
  BillingItems: `
    id long*!, billingItemType int*!#, subType int*!#, itemName text255!", description text2000!", quantity dec!, rate dec!,
    extendedPrice dec!, totalAmount dec!, taxDollars dec!, ourCost dec!, internalCurrencyRate dec!,
    internalCurrencyExtendedPrice dec!, internalCurrencyTotalAmount dec!, internalCurrencyTaxDollars dec!,
    itemDate date!, postedDate date!, postedOnTime time!, webServiceDate time, nonBillable int*!, invoiceID int!,
    companyID int!>Company, contractID int!>Contract, serviceID long!>Service, serviceBundleID long!,
    contractServiceID int!>ContractService, contractServicePeriodID int!, contractServiceAdjustmentID int!,
    contractServiceBundleID int!, contractServiceBundlePeriodID int!, contractServiceBundleAdjustmentID int!,
    contractBlockID int!, contractChargeID long!, projectChargeID long!, ticketChargeID long!, milestoneID long!,
    billingCodeID int!>BillingCode, itemApproverID int!>Resource, accountManagerWhenApprovedID int!>Resource,
    ticketID int!, taskID int!, projectID int!, roleID int!, timeEntryID int!, expenseItemID int!, sortOrderID long!,
    vendorID long!>Company, configurationItemID int!, purchaseOrderNumber text50!", lineItemFullDescription text8000!~,
    lineItemGroupDescription text8000!~, organizationalLevelAssociationID int!, taxCategoryID int!`,
  BillingCodes: `
    id long*!, name text200, description text500", isActive bool*, useType int#, billingCodeType int#,
    generalLedgerAccount int#, department int, externalNumber text100", unitCost dec*, unitPrice dec*, markupRate dec!,
    taxCategoryID int, isExcludedFromNewContracts bool, afterHoursWorkType int>BillingCode`,
  Currencies: `
    id long*!, name text3*!, description text100*!, displaySymbol int*!#, exchangeRate dec*, isInternalCurrency bool*!,
    isActive bool*!, currencyPositiveFormat text10*!, currencyNegativeFormat text10*!, lastModifiedDateTime time,
    updateResourceId int!>Resource`,
  Resources: `
    id long*!, firstName text50*, lastName text50*, email text254*, userName text32*, isActive bool*, title text50",
    licenseType int*!#, userType int*!#, locationID int*!#, initials text32"`,
} as const;
