@echo off
rem SPDX-License-Identifier: GPL-2.0-or-later
rem
rem install.cmd [/remove]
rem
rem For yourself alone, without an administrator: puts the plugin that fits your Wireshark into your own plugin folder
rem and the profile OMA-Push among your profiles, then asks tshark whether it has the plugin. /remove takes both away
rem again; a profile file that you changed stays. TSHARK names another tshark.exe.
setlocal enableextensions
set "here=%~dp0"
set "settings=%APPDATA%\Wireshark"
if not defined TSHARK if exist "%ProgramFiles%\Wireshark\tshark.exe" set "TSHARK=%ProgramFiles%\Wireshark\tshark.exe"
if not defined TSHARK set "TSHARK=tshark.exe"

if /i "%~1"=="/remove" goto remove
if not "%~1"=="" goto usage

set "version="
for /f "tokens=3" %%v in ('call "%TSHARK%" --version') do if not defined version set "version=%%v"
if not defined version goto no_tshark
for /f "tokens=1,2 delims=." %%a in ("%version%") do set "minor=%%a.%%b"
if not exist "%here%plugins\%minor%\omapush.dll" goto no_plugin

if not exist "%settings%\plugins\%minor%\epan" mkdir "%settings%\plugins\%minor%\epan"
copy /y "%here%plugins\%minor%\omapush.dll" "%settings%\plugins\%minor%\epan\omapush.dll" >nul
if errorlevel 1 goto in_use
if not exist "%settings%\profiles\OMA-Push" mkdir "%settings%\profiles\OMA-Push"
pushd "%here%profiles\OMA-Push"
for %%f in (*) do if not exist "%settings%\profiles\OMA-Push\%%f" copy /y "%%f" "%settings%\profiles\OMA-Push\%%f" >nul
popd

call "%TSHARK%" -G plugins | find "omapush" >nul
if errorlevel 1 goto not_taken
echo installed for Wireshark %minor%: %settings%\plugins\%minor%\epan\omapush.dll
echo start Wireshark and choose the profile OMA-Push
exit /b 0

:remove
for %%v in (4.0 4.2 4.4 4.6) do call :remove_plugin %%v
pushd "%here%profiles\OMA-Push"
for %%f in (*) do call :remove_setting %%f
popd
if exist "%settings%\profiles\OMA-Push" rmdir "%settings%\profiles\OMA-Push" 2>nul
if exist "%settings%\profiles\OMA-Push" echo kept, for you changed it: %settings%\profiles\OMA-Push
echo omapush is removed
exit /b 0

:remove_plugin
if not exist "%settings%\plugins\%1\epan\omapush.dll" goto :eof
del "%settings%\plugins\%1\epan\omapush.dll"
rmdir "%settings%\plugins\%1\epan" 2>nul
rmdir "%settings%\plugins\%1" 2>nul
goto :eof

rem Of the profile, what is as it was put there.
:remove_setting
if not exist "%settings%\profiles\OMA-Push\%1" goto :eof
for %%g in ("%1") do set "size=%%~zg"
for %%g in ("%settings%\profiles\OMA-Push\%1") do if not "%%~zg"=="%size%" goto :eof
fc /b "%1" "%settings%\profiles\OMA-Push\%1" >nul
if not errorlevel 1 del "%settings%\profiles\OMA-Push\%1"
goto :eof

:no_tshark
echo %TSHARK%: no such tshark. Install Wireshark, or name it: set TSHARK=D:\Wireshark\tshark.exe
exit /b 2

:no_plugin
echo no plugin for Wireshark %minor% here; there is one for:
dir /b "%here%plugins"
exit /b 2

:in_use
echo the plugin cannot be written: close Wireshark and try again
exit /b 2

:not_taken
echo tshark does not take the plugin: it is removed again
del "%settings%\plugins\%minor%\epan\omapush.dll"
exit /b 2

:usage
echo install.cmd [/remove]
exit /b 2
