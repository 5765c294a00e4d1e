; Installs for one person, without an administrator; removing it leaves that person's library alone.
Unicode true
ManifestLongPathAware true
SetCompressor /SOLID lzma
RequestExecutionLevel user
!include "MUI2.nsh"
!include "FileFunc.nsh"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Leeslamp"
!define CLASSES "Software\Classes"

Name "Leeslamp"
OutFile "${installer}"
InstallDir "$$LOCALAPPDATA\Programs\Leeslamp"
InstallDirRegKey HKCU "Software\Leeslamp" "InstallDir"
VIProductVersion "${numbers_dotted}"
VIAddVersionKey "ProductName" "Leeslamp"
VIAddVersionKey "FileDescription" "Leeslamp"
VIAddVersionKey "FileVersion" "${version}"
VIAddVersionKey "ProductVersion" "${version}"
VIAddVersionKey "LegalCopyright" "MIT"

!define MUI_ICON "${icon}"
!define MUI_UNICON "${icon}"
!define MUI_FINISHPAGE_RUN "$$INSTDIR\leeslamp.exe"
!insertmacro MUI_PAGE_LICENSE "${licence}"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Dutch"

LangString OPEN_WITH $${LANG_ENGLISH} "Offer Leeslamp under “Open with”"
LangString OPEN_WITH $${LANG_DUTCH} "Leeslamp aanbieden bij “Openen met”"
LangString CORRECTIONS $${LANG_ENGLISH} "Leeslamp corrections"
LangString CORRECTIONS $${LANG_DUTCH} "Leeslamp-correcties"
LangString DESKTOP $${LANG_ENGLISH} "Icon on the desktop"
LangString DESKTOP $${LANG_DUTCH} "Pictogram op het bureaublad"

Section "Leeslamp" main
  SectionIn RO
  ; What an older version had and this one has not must not stay.
  RMDir /r "$$INSTDIR\python"
  RMDir /r "$$INSTDIR\site"
  SetOutPath "$$INSTDIR"
  File /r "${folder}\*"
  WriteUninstaller "$$INSTDIR\uninstall.exe"
  CreateShortcut "$$SMPROGRAMS\Leeslamp.lnk" "$$INSTDIR\leeslamp.exe"
  WriteRegStr HKCU "Software\Leeslamp" "InstallDir" "$$INSTDIR"
  WriteRegStr HKCU "$${CLASSES}\leeslamp" "" "URL:Leeslamp"
  WriteRegStr HKCU "$${CLASSES}\leeslamp" "URL Protocol" ""
  WriteRegStr HKCU "$${CLASSES}\leeslamp\shell\open\command" "" '"$$INSTDIR\leeslamp.exe" "%1"'
  ; Its own kind of file: what was corrected, to be taken over by another library.
  WriteRegStr HKCU "$${CLASSES}\.leeslamp-corrections" "" "Leeslamp.Corrections"
  WriteRegStr HKCU "$${CLASSES}\Leeslamp.Corrections" "" "$$(CORRECTIONS)"
  WriteRegStr HKCU "$${CLASSES}\Leeslamp.Corrections\DefaultIcon" "" "$$INSTDIR\leeslamp.exe,0"
  WriteRegStr HKCU "$${CLASSES}\Leeslamp.Corrections\shell\open\command" "" '"$$INSTDIR\leeslamp.exe" "%1"'
  WriteRegStr HKCU "$${UNINSTALL}" "DisplayName" "Leeslamp"
  WriteRegStr HKCU "$${UNINSTALL}" "DisplayVersion" "${version}"
  WriteRegStr HKCU "$${UNINSTALL}" "DisplayIcon" "$$INSTDIR\leeslamp.exe"
  WriteRegStr HKCU "$${UNINSTALL}" "Publisher" "Leeslamp contributors"
  WriteRegStr HKCU "$${UNINSTALL}" "URLInfoAbout" "${homepage}"
  WriteRegStr HKCU "$${UNINSTALL}" "InstallLocation" "$$INSTDIR"
  WriteRegStr HKCU "$${UNINSTALL}" "UninstallString" '"$$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "$${UNINSTALL}" "QuietUninstallString" '"$$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "$${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "$${UNINSTALL}" "NoRepair" 1
  $${GetSize} "$$INSTDIR" "/S=0K" $$0 $$1 $$2
  IntFmt $$0 "0x%08X" $$0
  WriteRegDWORD HKCU "$${UNINSTALL}" "EstimatedSize" "$$0"
SectionEnd

Section /o "$$(OPEN_WITH)" associations
  WriteRegStr HKCU "$${CLASSES}\Leeslamp.Article" "" "Leeslamp"
  WriteRegStr HKCU "$${CLASSES}\Leeslamp.Article\DefaultIcon" "" "$$INSTDIR\leeslamp.exe,0"
  WriteRegStr HKCU "$${CLASSES}\Leeslamp.Article\shell\open\command" "" '"$$INSTDIR\leeslamp.exe" "%1"'
  ; Offered, never made the standard: only Windows asks a person for that.
${offered}
SectionEnd

Section /o "$$(DESKTOP)" desktop
  CreateShortcut "$$DESKTOP\Leeslamp.lnk" "$$INSTDIR\leeslamp.exe"
SectionEnd

Section "Uninstall"
  ; Only what was installed, in its own folder; libraries are elsewhere and stay.
  RMDir /r "$$INSTDIR\python"
  RMDir /r "$$INSTDIR\site"
  RMDir /r "$$INSTDIR\licences"
  Delete "$$INSTDIR\leeslamp.exe"
  Delete "$$INSTDIR\leeslamp-cli.exe"
  Delete "$$INSTDIR\uninstall.exe"
  RMDir "$$INSTDIR"
  Delete "$$SMPROGRAMS\Leeslamp.lnk"
  Delete "$$DESKTOP\Leeslamp.lnk"
${withdrawn}
  DeleteRegKey HKCU "$${CLASSES}\Leeslamp.Article"
  DeleteRegKey HKCU "$${CLASSES}\Leeslamp.Corrections"
  DeleteRegKey HKCU "$${CLASSES}\.leeslamp-corrections"
  DeleteRegKey HKCU "$${CLASSES}\leeslamp"
  DeleteRegKey HKCU "$${UNINSTALL}"
  DeleteRegKey HKCU "Software\Leeslamp"
SectionEnd
